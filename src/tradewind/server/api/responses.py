"""What OpenAPI says of errors.  Used by the routers."""

from __future__ import annotations

from typing import Any

_TEXTS = {
    400: "Something in the request is not valid.",
    401: "No valid token.",
    403: "The role is not enough.",
    404: "Not found.",
    406: "The answer cannot be given in an accepted form.",
    409: "It contradicts what exists.",
    413: "The body is too large.",
    414: "Path and query are too long.",
    429: "Too many failed logins.",
    503: "The database does not answer.",
    504: "No DAG processor answers, and only the code of a DAG file knows.",
}
# Not `"model": ...`: FastAPI would build a validator for each status of each route, a third of the time it takes to
# load the API.  `app` adds the schema.
_ANSWERS: dict[int, dict[str, Any]] = {
    code: {
        "description": text,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/HTTPExceptionResponse"}}},
    }
    for code, text in _TEXTS.items()
}


def errors(*codes: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer with these statuses, 400, 401 and 403 always among them."""
    return {code: _ANSWERS[code] for code in sorted({400, 401, 403, *codes})}


def tell_everywhere(description: dict[str, Any]) -> None:
    """Add to an OpenAPI description what any operation may answer: the guard comes before the routes, and so does the
    database; a DAG that is not theirs is not there for those who are limited to some DAGs."""
    for path, item in description["paths"].items():
        for operation in item.values():
            codes = [414, 503, *([413] if "requestBody" in operation else []), *([404] if "{dag_id}" in path else [])]
            for code in codes:
                operation["responses"].setdefault(str(code), _ANSWERS[code])
