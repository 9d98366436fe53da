"""Secrets never reach a log: values learned here are replaced by `***` on write.

Fed by `channel` (connections and variables that a task reads), by `worker` (those in environment variables) and by
user code (`mask_secret`).  Read by `logs` and by `task_runner` for rendered fields.  One masker per process; the server
makes its own (`server.hidden`), by the same rules.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, quote_plus, unquote, urlsplit

from tradewind.authoring import comms
from tradewind.spec import wire

MASK = "***"
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
_MAX_DEPTH = 8
MAX_DEPTH = 100
"""Levels of a value that are looked through."""
_SPLIT = 4
"""Characters by which many secrets are told apart before they are compared as a whole."""


def is_sensitive(name: str) -> bool:
    """Whether a field, variable or key with this name holds a secret."""
    bare = name.lower().replace("-", "_").replace(" ", "_")
    return any(word in bare for word in _NAMES)


class Masker:
    """Knows secret values and blanks them out of text.  Thread safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: set[str] = set()
        self._lent: set[str] = set()
        """Of `_values`, those that are known for a while only."""
        self._pattern: re.Pattern[str] | None = None

    def renew_lock(self) -> None:
        """For a process that was just forked: the lock may have been another thread's, which is not there."""
        self._lock = threading.Lock()

    def add(self, value: Any, name: str | None = None) -> None:
        """Learn a secret: a text, or what is inside a mapping (sensitive names only) or an iterable.

        With a `name` that does not sound secret a plain value is left alone.
        """
        found: set[str] = set()
        self._collect(value, name, found, 0)
        with self._lock:
            self._lent -= found
            if found <= self._values:
                return
            self._values |= found
            self._pattern = None

    @contextmanager
    def lent(self, *values: Any) -> Iterator[None]:
        """Know what is under sensitive names in these mappings for as long as the block runs: a password that somebody
        gave a run.  Texts only, as in `redact`."""
        found: set[str] = set()
        for value in values:
            self._collect(value, "", found, 0, texts_only=True)
        with self._lock:
            found -= self._values
            self._lent |= found
            self._values |= found
            self._pattern = None if found else self._pattern
        try:
            yield
        finally:
            with self._lock:
                gone = found & self._lent  # what became known for good meanwhile stays
                self._lent -= gone
                self._values -= gone
                self._pattern = None if gone else self._pattern

    def _collect(self, value: Any, name: str | None, found: set[str], depth: int, *, texts_only: bool = False) -> None:
        if depth > _MAX_DEPTH or value is None or isinstance(value, bool):
            return
        if isinstance(value, Mapping):
            for key, item in value.items():
                # Inside a mapping that is secret as a whole, everything is.
                inner = name if name is not None and is_sensitive(name) else str(key)
                self._collect(item, inner, found, depth + 1, texts_only=texts_only)
        elif isinstance(value, str | int | float):
            if (name is None or is_sensitive(name)) and (isinstance(value, str) or not texts_only):
                found |= _spellings(str(value))
        elif isinstance(value, bytes):
            self._collect(value.decode("utf-8", "replace"), name, found, depth, texts_only=texts_only)
        elif isinstance(value, Iterable):
            for item in value:
                self._collect(item, name, found, depth + 1, texts_only=texts_only)

    def mask(self, text: str) -> str:
        """The text with every known secret replaced."""
        if not self._values:
            return text
        pattern = self._pattern
        return (pattern or self._compiled()).sub(MASK, text)

    def _compiled(self) -> re.Pattern[str]:
        """Not with each secret that is learned: of thousands it takes a second."""
        with self._lock:
            if self._pattern is None:
                # (?!) fits nowhere: all was forgotten meanwhile
                self._pattern = re.compile(_pattern(self._values) if self._values else "(?!)")
            return self._pattern

    def redact(self, value: Any, name: str | None = None, *, by_name: bool = True, depth: int = 0) -> Any:
        """A copy of a value with secrets blanked: known values wherever they are, and texts under a sensitive name.

        A number is blanked when it is a secret as a whole; under a sensitive name it is left alone, as in Airflow: it
        counts tokens more often than it is one.  `by_name` False: only known values.
        """
        if value is None or isinstance(value, bool):
            return value
        if depth > MAX_DEPTH:
            return MASK  # nobody nests so deep what people are to read, and what is not looked at is not shown
        if isinstance(value, Mapping):
            return self._redact_mapping(value, name, by_name, depth)
        if isinstance(value, str):
            return MASK if value and by_name and name is not None and is_sensitive(name) else self.mask(whole(value))
        if isinstance(value, int | float):
            return MASK if str(value) in self._values else value
        if isinstance(value, list | tuple | set | frozenset):
            items = [self.redact(item, name, by_name=by_name, depth=depth + 1) for item in value]
            return items if isinstance(value, list) else tuple(items)
        return value

    def _redact_mapping(self, value: Mapping[Any, Any], name: str | None, by_name: bool, depth: int) -> dict[Any, Any]:
        is_secret = name is not None and is_sensitive(name)
        found: dict[Any, Any] = {}
        for key, item in value.items():
            shown = self.mask(whole(key)) if isinstance(key, str) else key
            while shown != key and shown in found:
                shown += "*"  # two secrets are keys: neither entry is lost
            found[shown] = self.redact(item, name if is_secret else str(key), by_name=by_name, depth=depth + 1)
        return found

    def compiled(self) -> tuple[re.Pattern[str], int]:
        """What finds every known secret in a text, and the characters of the longest one; 0: there is none."""
        pattern = self._compiled()
        with self._lock:
            return pattern, max(map(len, self._values), default=0)

    def is_secret(self, text: str) -> bool:
        """Whether a text as a whole is a known secret."""
        return text in self._values

    @property
    def knows(self) -> bool:
        """Whether there is any secret to blank."""
        return bool(self._values)

    def forget(self) -> None:
        """Forget all (for tests and inline runs)."""
        with self._lock:
            self._values.clear()
            self._lent.clear()
            self._pattern = None


def whole(text: str) -> str:
    """The text, with a question mark in the place of half a character (a lone surrogate, as of a file name that is no
    UTF-8): no answer, row or file could hold it."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def _spellings(value: str) -> set[str]:
    """The value as it may turn up: raw, in a URL, inside JSON, and line by line."""
    spellings = {value, quote(value, safe=""), quote_plus(value), repr(value)[1:-1]}
    spellings |= {json.dumps(value, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}
    if "\n" in value:
        spellings |= {line.strip() for line in value.splitlines()}
    return {spelling for spelling in spellings if len(spelling) >= MIN_LENGTH}


def _pattern(values: Iterable[str], depth: int = 0) -> str:
    """A regular expression of the values, the longest first.

    Of thousands of alternatives each would be tried at each character of a text: they are split by their first
    characters, so that few are.
    """
    values = list(values)
    if depth == _SPLIT or len(values) < 3:
        return "|".join(map(re.escape, sorted(values, key=lambda text: (-len(text), text))))
    groups: dict[str, list[str]] = {}
    for value in values:
        groups.setdefault(value[0], []).append(value[1:])
    return "|".join(f"{re.escape(first)}(?:{_pattern(rest, depth + 1)})" for first, rest in sorted(groups.items()))


masker = Masker()
"""The masker of this process."""


def mask_secret(secret: Any, name: str | None = None) -> None:
    """Have a value masked in all logs of this process from now on (Airflow's `mask_secret`)."""
    masker.add(secret, name)


def redact(value: Any, name: str | None = None) -> Any:
    """`Masker.redact` with what this process knows."""
    return masker.redact(value, name)


def learn(request: wire.Request, value: Any) -> None:
    """Learn the secrets in the reply to a request."""
    if isinstance(request, wire.GetConnection) and isinstance(value, Mapping):
        learn_connection(value.get("password"), value.get("extra"))
    elif isinstance(request, wire.GetVariable) and isinstance(value, str):
        learn_variable(request.key, value)
    elif isinstance(request, wire.SetVariable):
        learn_variable(request.key, request.value)


def learn_connection(password: Any, extra: Any, into: Masker = masker) -> None:
    """Learn the password and the sensitive fields of the extra of a connection."""
    if password:
        into.add(password)
    if extra:
        into.add(_json_or_none(extra) if isinstance(extra, str) else extra, "")


def learn_variable(key: str, value: str, into: Masker = masker) -> None:
    """Learn a variable whose name sounds secret, or the fields of a JSON variable that do."""
    if is_sensitive(key):
        into.add(value)
    content = _json_or_none(value)
    if isinstance(content, dict | list):
        into.add(content, key)


def may_hold_secrets(key: str, value: str) -> bool:
    """Whether `learn_variable` may learn something of this variable."""
    return is_sensitive(key) or value.lstrip().startswith(("{", "["))


def learn_found(key: str | None, value: Any) -> None:
    """Learn a Variable, or a Connection (no key), that a secrets backend gave."""
    if key is None:
        learn_connection(getattr(value, "password", None), getattr(value, "extra", None))
    else:
        learn_variable(key, str(value))


def learn_environment(environ: Mapping[str, str]) -> None:
    """Learn the connections and variables that are given as environment variables, and from now on those that a
    secrets backend gives."""
    comms.set_learner(learn_found)
    read_environment(environ, masker)


def read_environment(environ: Mapping[str, str], into: Masker) -> None:
    """Learn the connections and variables that are given as environment variables."""
    for name, value in environ.items():
        if name.startswith(("AIRFLOW_CONN_", "TRADEWIND_CONN_")):
            _learn_connection_text(value, into)
        elif name.startswith(("AIRFLOW_VAR_", "TRADEWIND_VAR_")):
            learn_variable(name.split("_VAR_", 1)[1], value, into)


def _learn_connection_text(text: str, into: Masker) -> None:
    content = _json_or_none(text)
    if isinstance(content, dict):
        learn_connection(content.get("password"), content.get("extra"), into)
        return
    try:
        parts = urlsplit(text)
        password = parts.password
    except ValueError:  # not a URL: reading the connection says so, in its own words
        return
    if password:
        into.add(password)
        into.add(unquote(password))
    for pair in parts.query.split("&"):
        key, _, value = pair.partition("=")
        if value:
            into.add(unquote(value), unquote(key))


def _json_or_none(text: str) -> Any:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None
