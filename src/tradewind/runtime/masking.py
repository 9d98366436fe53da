"""Secrets never reach a log: values learned here are replaced by `***` on write.

Fed by `channel` (connections and variables that a task reads), by `worker` (those in environment variables) and by
user code (`mask_secret`).  Read by `logs` and by `task_runner` for rendered fields.  One masker per process; the server
makes its own (`server.hidden`), by the same rules.  What the supervisor cannot know, because the process learned it
elsewhere, is told to it before user code can write it anywhere, so that the pages hide it, too (`told`).
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, quote_plus

from tradewind.authoring import comms
from tradewind.runtime import told
from tradewind.runtime.secret_index import SecretIndex
from tradewind.runtime.secret_values import MIN_LENGTH as MIN_LENGTH
from tradewind.runtime.secret_values import is_sensitive as is_sensitive
from tradewind.runtime.secret_values import of_connection, of_environment, of_variable, secrets_in
from tradewind.spec import wire

MASK = "***"
MAX_DEPTH = 100
"""Levels of a value that are looked through."""


class Masker:
    """Knows secret values and blanks them out of text.  Thread safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: set[str] = set()
        self._lent: set[str] = set()
        """Of `_values`, those that are known for a while only."""
        self._index: SecretIndex | None = SecretIndex()
        """Finds them; None: it is to be made."""
        self._revision = 0

    def renew_lock(self) -> None:
        """For a process that was just forked: the lock may have been another thread's, which is not there."""
        self._lock = threading.Lock()

    def add(self, value: Any, name: str | None = None) -> None:
        """Learn a secret: a text, or what is inside a mapping (sensitive names only) or an iterable.

        With a `name` that does not sound secret a plain value is left alone.
        """
        self.learn(secrets_in(value, name))

    def learn(self, secrets: Iterable[str]) -> None:
        """Learn these texts, in all their spellings."""
        found = {spelling for secret in secrets for spelling in _spellings(secret)}
        with self._lock:
            self._lent -= found
            found -= self._values
            self._values |= found
            self._revision += bool(found)
            if self._index is not None:
                self._index.add(found)

    @contextmanager
    def lent(self, *values: Any) -> Iterator[None]:
        """Know what is under sensitive names in these mappings for as long as the block runs: a password that somebody
        gave a run.  Texts only, as in `redact`."""
        secrets = {secret for value in values for secret in secrets_in(value, "", texts_only=True)}
        found = {spelling for secret in secrets for spelling in _spellings(secret)}
        with self._lock:
            found -= self._values
            self._lent |= found
            self._values |= found
            self._revision += bool(found)
            self._index = None if found else self._index
        try:
            yield
        finally:
            with self._lock:
                gone = found & self._lent  # what became known for good meanwhile stays
                self._lent -= gone
                self._values -= gone
                self._revision += bool(gone)
                self._index = None if gone else self._index

    def mask(self, text: str) -> str:
        """The text with every known secret replaced."""
        return self.index().replaced(text, MASK) if self._values else text

    def index(self) -> SecretIndex:
        """What finds every known secret in a text."""
        index = self._index
        if index is None:
            with self._lock:
                index = self._index = self._index or SecretIndex(self._values)
        return index

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

    def is_secret(self, text: str) -> bool:
        """Whether a text as a whole is a known secret."""
        return text in self._values

    @property
    def revision(self) -> int:
        """Another one whenever it knows something else: what was made without secrets may be kept for as long."""
        return self._revision

    @property
    def knows(self) -> bool:
        """Whether there is any secret to blank."""
        return bool(self._values)

    def forget(self) -> None:
        """Forget all (for tests and inline runs)."""
        with self._lock:
            self._values.clear()
            self._lent.clear()
            self._revision += 1
            self._index = SecretIndex()


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


masker = Masker()
"""The masker of this process."""


def mask_secret(secret: Any, name: str | None = None) -> None:
    """Have a value masked in all logs of this process from now on (Airflow's `mask_secret`), and in what the pages show
    of what it writes."""
    _learn_here(secrets_in(secret, name))


def redact(value: Any, name: str | None = None) -> Any:
    """`Masker.redact` with what this process knows."""
    return masker.redact(value, name)


def learn(request: wire.Request, value: Any) -> None:
    """Learn the secrets in the reply to a request, which the supervisor knows."""
    if found := secrets_of(request, value):
        learn_known(found)


def secrets_of(request: wire.Request, value: Any) -> set[str]:
    """The secrets in the reply to a request for a Connection or a Variable."""
    if isinstance(request, wire.GetConnection) and isinstance(value, Mapping):
        return of_connection(value.get("password"), value.get("extra"))
    if isinstance(request, wire.GetVariable) and isinstance(value, str):
        return of_variable(request.key, value)
    return of_variable(request.key, request.value) if isinstance(request, wire.SetVariable) else set()


def learn_known(secrets: Iterable[str]) -> None:
    """Learn secrets that the supervisor knows."""
    masker.learn(secrets)
    told.known(secrets)


def learn_found(key: str | None, value: Any) -> None:
    """Learn a Variable, or a Connection (no key), that a secrets backend or the environment gave."""
    if key is None:
        _learn_here(of_connection(getattr(value, "password", None), getattr(value, "extra", None)))
    else:
        _learn_here(of_variable(key, str(value)))


def learn_environment(environ: Mapping[str, str]) -> None:
    """Learn the connections and variables that are given as environment variables, and from now on those that user code
    finds elsewhere than at the supervisor."""
    comms.set_learner(learn_found)
    masker.learn(of_environment(environ))


def _learn_here(secrets: set[str]) -> None:
    if secrets:
        masker.learn(secrets)
        told.tell(secrets)
