"""What of a Connection, a Variable, the environment or any value is secret.

Pure.  Used by `masking` in the processes of tasks, by the server and by the store, so that all of them mean the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from tradewind.authoring.conf import SENSITIVE

MIN_LENGTH = 5
"""Characters; shorter values are not masked, because they would tear ordinary words apart."""
_NAMES = (
    "access_key",
    "access_token",
    "account_key",
    "api_key",
    "apikey",
    "authorization",
    "credential",
    "keyfile",
    "passphrase",
    "passwd",
    "password",
    "private_key",
    "secret",
    "service_account",
    "token",
)
_SETTINGS = frozenset({
    *(f"AIRFLOW__{section}__{option}".upper() for section, option in SENSITIVE),
    "TRADEWIND_DATABASE_URL", "TRADEWIND_JWT_SECRET", "TRADEWIND_OIDC_CLIENT_SECRET", "TRADEWIND_SECRET_KEY",
})  # fmt: skip
"""Environment variables that processes of users' code have, too: a task that prints them all tells none of these."""
_MAX_DEPTH = 8


def is_sensitive(name: str) -> bool:
    """Whether a field, variable or key with this name holds a secret."""
    bare = name.lower().replace("-", "_").replace(" ", "_")
    return any(word in bare for word in _NAMES)


def secrets_in(value: Any, name: str | None = None, *, texts_only: bool = False) -> set[str]:
    """What is secret in a value: a text, or what is inside a mapping (sensitive names only) or an iterable.

    With a `name` that does not sound secret a plain value is none.  `texts_only`: no numbers.
    """
    found: set[str] = set()
    _collect(value, name, found, 0, texts_only)
    return found


def _collect(value: Any, name: str | None, found: set[str], depth: int, texts_only: bool) -> None:
    if depth > _MAX_DEPTH or value is None or isinstance(value, bool):
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            # Inside a mapping that is secret as a whole, everything is.
            inner = name if name is not None and is_sensitive(name) else str(key)
            _collect(item, inner, found, depth + 1, texts_only)
    elif isinstance(value, str | int | float):
        text = str(value)
        secret = name is None or is_sensitive(name)
        if secret and len(text) >= MIN_LENGTH and (isinstance(value, str) or not texts_only):
            found.add(text)
    elif isinstance(value, bytes):
        _collect(value.decode("utf-8", "replace"), name, found, depth, texts_only)
    elif isinstance(value, Iterable):
        for item in value:
            _collect(item, name, found, depth + 1, texts_only)


def of_connection(password: Any, extra: Any) -> set[str]:
    """The password and the sensitive fields of the extra (a mapping, or JSON text) of a connection."""
    found = secrets_in(password) if password else set()
    if extra:
        found |= secrets_in(_json_or_none(extra) if isinstance(extra, str) else extra, "")
    return found


def of_variable(key: str, value: str) -> set[str]:
    """A variable whose name sounds secret, or the fields of a JSON variable that do."""
    found = secrets_in(value) if is_sensitive(key) else set()
    content = _json_or_none(value)
    return found | secrets_in(content, key) if isinstance(content, dict | list) else found


def may_hold_secrets(key: str, value: str) -> bool:
    """Whether `of_variable` may find something in this variable."""
    return is_sensitive(key) or value.lstrip().startswith(("{", "["))


def of_environment(environ: Mapping[str, str]) -> set[str]:
    """Of the connections, variables and settings that are given as environment variables."""
    found: set[str] = set()
    for name, value in environ.items():
        if name.startswith(("AIRFLOW_CONN_", "TRADEWIND_CONN_")):
            found |= _of_connection_text(value)
        elif name.startswith(("AIRFLOW_VAR_", "TRADEWIND_VAR_")):
            found |= of_variable(name.split("_VAR_", 1)[1], value)
        elif name in _SETTINGS:
            found |= _of_setting(value)
    return found


def _of_setting(text: str) -> set[str]:
    """The password in an address, what has a secret name in JSON, or else all of it, and each of several keys."""
    if "://" in text:
        return _of_connection_text(text)
    content = _json_or_none(text)
    return secrets_in(content, "") if content is not None else secrets_in([text, *map(str.strip, text.split(","))])


def _of_connection_text(text: str) -> set[str]:
    content = _json_or_none(text)
    if isinstance(content, dict):
        return of_connection(content.get("password"), content.get("extra"))
    try:
        parts = urlsplit(text)
        password = parts.password
    except ValueError:  # not a URL: reading the connection says so, in its own words
        return set()
    found = secrets_in([password, unquote(password)]) if password else set()
    for pair in parts.query.split("&"):
        key, _, value = pair.partition("=")
        found |= secrets_in(unquote(value), unquote(key))
    return found


def _json_or_none(text: str) -> Any:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None
