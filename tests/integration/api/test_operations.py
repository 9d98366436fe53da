"""The operations of Airflow 3.3's public API, one by one: `operations.json` says what their clients count on.

Names of parameters and fields, which fields are always there, their kinds, and whether they may be null.  What we have
beyond that is no difference: a client does not see it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from api_lab import Api

from support.actions_lab import dag
from tradewind.server.app import create_app
from tradewind.store import Store

KNOWN = json.loads(Path(__file__).with_name("operations.json").read_text(encoding="utf-8"))
OPERATIONS = {operation["id"]: operation for operation in KNOWN["operations"]}
UNNAMED = frozenset({"login", "logout", "reparse_dag_file", "delete_dag", "delete_task_instance"})
"""Operations whose answer Airflow does not describe."""


@cache
def description() -> dict[str, Any]:
    """Our OpenAPI; no database is opened."""
    with Store("sqlite:////nowhere/none.db") as store:
        return create_app(store, log_folder=Path("/nowhere")).openapi()


def ours() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) below /api/v2."""
    for path, item in description()["paths"].items():
        if path.startswith("/api/v2/"):
            for method, operation in item.items():
                yield method.upper(), path.removeprefix("/api/v2"), operation


def test_all_operations_are_there() -> None:
    assert len(OPERATIONS) == 128
    wanted = {(known["method"], known["path"], name) for name, known in OPERATIONS.items()}
    found = {(method, path, operation["operationId"]) for method, path, operation in ours()}
    assert sorted(wanted - found) == []
    assert sorted(found - wanted) == [], "what Airflow does not have belongs under /api/tradewind"


def test_operation_ids_are_unique() -> None:
    ids = [o["operationId"] for item in description()["paths"].values() for o in item.values()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", OPERATIONS)
def test_operation(name: str) -> None:
    known = OPERATIONS[name]
    operation = next(operation for _, _, operation in ours() if operation["operationId"] == name)
    assert operation["tags"][0] == known["tag"]
    query = {each["name"]: each for each in operation.get("parameters", []) if each["in"] == "query"}
    assert set(known.get("query", ())) <= set(query)
    assert {each for each, told in query.items() if told.get("required")} <= set(known.get("query", ()))
    assert {code for code in operation["responses"] if code[0] == "2"} == {str(known["status"])}
    content = operation["responses"][str(known["status"])].get("content", {})
    if "answer" in known:
        problems = list(differences(known["answer"], content["application/json"]["schema"], "answer", sent=True))
        assert problems == []
    if "body" in known:
        body = operation["requestBody"]["content"]["application/json"]["schema"]
        assert list(differences(known["body"], body, "body", sent=False)) == []


# --- Comparing -------------------------------------------------------------------------------------------------


def differences(kind: str, schema: dict[str, Any], at: str, *, sent: bool) -> Iterator[str]:
    """Where a schema of ours breaks what a client was made for: `sent` by us, or taken from it."""
    yield from _differences(kind, schema, at, sent, ())


def _differences(kind: str, schema: dict[str, Any], at: str, sent: bool, on_way: tuple[str, ...]) -> Iterator[str]:
    nullable, kind = kind.endswith("?"), kind.removesuffix("?")
    options = [option for option in _options(schema) if option.get("type") != "null"]
    has_null = len(options) < len(_options(schema)) or schema == {}
    if has_null and not nullable and sent and kind != "any":
        yield f"{at} may be null"
    if nullable and not has_null and not sent:
        yield f"{at} may not be null"
    if kind == "any" or schema == {} or kind in on_way:
        return
    if kind.startswith("["):
        for option in options:
            if option.get("type") != "array":
                yield f"{at} is no list"
            else:
                yield from _differences(kind[1:-1], option["items"], f"{at}[]", sent, on_way)
        return
    named = [part for part in kind.split("|") if part in KNOWN["schemas"]]
    if not named:
        told = {_kind(option) for option in options}
        wanted = set(kind.split("|"))
        # texts are said more exactly: which words, or a time
        loose = {"datetime": "string"} if sent else {}
        if not {loose.get(each, each) if each not in wanted else each for each in told} <= wanted:
            yield f"{at} is {sorted(told)}, not {sorted(wanted)}"
        return
    objects = [option for option in options if option.get("type") == "object"]
    tried = [
        [problem for name in named for problem in _fields(name, option, at, sent, (*on_way, name))]
        if len(named) == 1
        else min((list(_fields(name, option, at, sent, (*on_way, name))) for name in named), key=len)
        for option in objects
    ]
    if not objects:
        yield f"{at} is no {kind}"
    elif sent:
        yield from (problem for problems in tried for problem in problems)
    else:
        yield from min(tried, key=len)


def _fields(name: str, schema: dict[str, Any], at: str, sent: bool, on_way: tuple[str, ...]) -> Iterator[str]:
    properties = schema.get("properties", {})
    for entry, kind in KNOWN["schemas"][name].items():
        field, optional = entry.removesuffix(" (optional)"), entry.endswith(" (optional)")
        if field not in properties:
            yield f"{at}.{field} is missing"
            continue
        required = field in schema.get("required", ())
        if sent and not required:
            yield f"{at}.{field} is not always sent"
        if not sent and required and optional:
            yield f"{at}.{field} is asked for"
        yield from _differences(kind, properties[field], f"{at}.{field}", sent, on_way)
    if not sent:
        known = {entry.removesuffix(" (optional)") for entry in KNOWN["schemas"][name]}
        yield from (f"{at}.{field} is asked for" for field in set(schema.get("required", ())) - known)


def _options(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """What a schema may be, references followed."""
    if "$ref" in schema:
        return _options(description()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    if either := schema.get("anyOf") or schema.get("oneOf"):
        return [option for part in either for option in _options(part)]
    return [schema]


def _kind(schema: dict[str, Any]) -> str:
    kind = schema.get("type", "any")
    if "const" in schema or "enum" in schema:
        return "string"
    if kind == "string" and schema.get("format") == "date-time":
        return "datetime"
    return str(kind)


# --- Order -----------------------------------------------------------------------------------------------------

PLACES = {"dag_id": "~", "dag_run_id": "~", "task_id": "~"}


@pytest.mark.parametrize("name", [name for name, known in OPERATIONS.items() if "sort" in known])
def test_every_order_is_taken(sqlite_api: Api, name: str) -> None:
    known = OPERATIONS[name]
    path = known["path"]
    if name == "get_mapped_task_instances":
        sqlite_api.lab.add(dag("d"))
        sqlite_api.lab.run("d", run_id="r")
        path = "/dags/d/dagRuns/r/taskInstances/a/listMapped"
    for place, anything in PLACES.items():
        path = path.replace(f"{{{place}}}", anything)
    query = {"dag_id": "d"} if name == "list_backfills" else {}
    if query:
        sqlite_api.lab.add(dag("d"))
    for key in known["sort"]:
        for order in (key, f"-{key}"):
            answer = sqlite_api.v2.get(path, params={**query, "order_by": order})
            assert answer.status_code == 200, (order, answer.text)
    assert sqlite_api.v2.get(path, params={**query, "order_by": "nonsense"}).status_code == 400
