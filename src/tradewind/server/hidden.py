"""Secrets that no answer shows: what the server knows of them, and which fields of answers are looked through.

`server.app` makes one `Secrets` for the application, `guard` and the live hub `enter` it, and `models.common.Answer`
asks `masker()` for every field that holds what people or their code wrote.

Theory.  Known are the passwords and sensitive extras of the Connections in the database, the Variables whose name or
keys sound secret, those in the server's own environment, and what is kept to be hidden (`store.kept_secrets`): what was
stored before, and what tasks learned elsewhere.  They are opened once: a request asks the log of changes
(`store.changes`) whether any changed, and then only those are opened that were written anew.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from tradewind.errors import InvalidError, SettingsError, StoreError
from tradewind.runtime.masking import MASK, Masker
from tradewind.runtime.secret_values import of_connection, of_environment, of_variable

if TYPE_CHECKING:
    from tradewind.store import Store

logger = logging.getLogger(__name__)


class Secrets:
    """The secrets of one installation.  Thread-safe."""

    def __init__(self, store: Store, environ: Mapping[str, str] | None = None) -> None:
        """`environ`: where Connections and Variables may be, by default that of this process."""
        self._store = store
        self._environ = os.environ if environ is None else environ
        self._lock = threading.Lock()
        self._position: int | None = None
        self._opened: dict[str, frozenset[str]] = {}
        """Sealed text -> the secrets in it, of all Variables and Connections that are stored now."""
        self._kept: dict[int, str | None] = {}
        """Id -> what was kept only to be hidden; None: it cannot be opened."""
        self._masker = Masker()

    def masker(self) -> Masker:
        """Knows all secrets that are stored now.  Raises StoreError when the database cannot be asked."""
        with self._lock:
            if self._position is None:
                self._read(self._store.reads.changes.position())
                return self._masker
            part = self._store.reads.changes.after(self._position)
            topics = {topic for change in part.changes for topic in change.topics}
            if part.lost or "secrets" in topics:
                # the position is from before the read: what is written in between is read twice, not never
                self._read(part.position)
            elif "kept_secrets" in topics:
                self._read_kept()
            self._position = part.position
            return self._masker

    def last(self) -> Masker:
        """What was known when it was asked last: for answers that tell of a database that does not answer."""
        return self._masker

    def _read(self, position: int) -> None:
        """Learn what is stored now.  What is no longer stored was kept, so that nothing has to be forgotten here."""
        variables, connections = self._store.variables.sealed(), self._store.connections.sealed()
        opened: dict[str, frozenset[str]] = {}
        for key, sealed in variables:
            self._open(sealed, f"variable {key!r}", partial(of_variable, key), opened)
        for conn_id, password, extra in connections:
            what = f"a secret of connection {conn_id!r}"
            self._open(password, what, lambda text: of_connection(text, None), opened)
            self._open(extra, what, lambda text: of_connection(None, text), opened)
        self._opened = opened
        self._read_kept(anew=self._position is None)
        self._position = position

    def _read_kept(self, *, anew: bool = False) -> None:
        """Learn what was kept since; when some of it is gone, all that is left."""
        found = self._store.kept_secrets.ids()
        if gone := self._kept.keys() - found:
            self._kept = {key: text for key, text in self._kept.items() if key not in gone}
        new = [key for key in found if key not in self._kept]
        for key, sealed in self._store.kept_secrets.sealed(new):
            try:
                self._kept[key] = self._store.vault.open(sealed, "a secret that was kept to be hidden")
            except (StoreError, SettingsError) as error:
                self._kept[key] = None
                logger.warning("%s", error.message)
        if anew or gone:
            made = Masker()
            made.learn(of_environment(self._environ))
            for secrets in self._opened.values():
                made.learn(secrets)
            made.learn(text for text in self._kept.values() if text is not None)
            self._masker = made
        else:
            self._masker.learn(text for key in new if (text := self._kept.get(key)) is not None)

    def _open(
        self, sealed: str | None, what: str, find: Callable[[str], set[str]], opened: dict[str, frozenset[str]]
    ) -> None:
        if sealed is None:
            return
        secrets = self._opened.get(sealed)
        if secrets is None:
            try:
                secrets = frozenset(find(self._store.vault.open(sealed, what)))
            except (StoreError, SettingsError) as error:
                # nothing can use it either, and pages that do not need it must not go away with it
                logger.warning("%s is not masked in answers: %s", what, error.message)
                return
            self._masker.learn(secrets)
        opened[sealed] = secrets


class _Look:
    """The secrets as one request, or one batch of events, sees them: asked for once, when a field needs it."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._lock = threading.Lock()
        self._found: Masker | None = None

    def masker(self) -> Masker:
        with self._lock:
            if self._found is None:
                self._found = self._secrets.masker()
            return self._found

    def last(self) -> Masker:
        return self._found or self._secrets.last()


_NONE = Masker()
_look: ContextVar[_Look | None] = ContextVar("tradewind_secrets", default=None)


def enter(secrets: Secrets) -> None:
    """Answers that are made in this context from here on do not show these secrets."""
    _look.set(_Look(secrets))


def masker() -> Masker:
    """What this request may not show.  Raises StoreError."""
    look = _look.get()
    return _NONE if look is None else look.masker()


def in_errors(text: str) -> str:
    """The text of an error, without secrets that are known already: it may be told because the database is away."""
    look = _look.get()
    return text if look is None else look.last().mask(text)


def restored(new: Any, old: Any) -> Any:
    """What somebody means who sends back what he was shown: where it is hidden, the old value stays."""
    if isinstance(new, dict) and isinstance(old, dict):
        return {key: restored(value, old.get(key)) for key, value in new.items()}
    if isinstance(new, list) and isinstance(old, list):
        return [restored(value, known) for value, known in zip_longest(new, old[: len(new)])]
    if old is not None and isinstance(new, str) and MASK in new:
        return old if new == MASK or (isinstance(old, str) and masker().mask(old) == new) else new
    return new


def restored_json(new: str, old: str | None) -> str:
    """`restored` for two texts, which may be JSON."""
    if MASK not in new or old is None:
        return new
    try:
        after, before = json.loads(new), json.loads(old)
    except ValueError:
        return str(restored(new, old))
    if not isinstance(after, dict | list):
        return str(restored(new, old))
    return json.dumps(restored(after, before))


def given_conf(conf: dict[str, Any] | None, params: Callable[[], Mapping[str, Any]]) -> dict[str, Any] | None:
    """The conf of a new run, whose values may come from a form that hid them: hidden defaults of `params` stay.

    Raises InvalidError for a value that is hidden and no default: nobody means a run to work with asterisks.
    """
    if not conf or MASK not in json.dumps(conf):
        return conf
    defaults = {name: param["value"] if _is_param(param) else param for name, param in params().items()}
    found: dict[str, Any] = restored(conf, defaults)
    for name, value in found.items():
        if value == MASK:
            raise InvalidError(
                f"{name!r} in conf is {MASK}, which stands for a secret that is not shown",
                fix="give the value itself, or leave it out",
            )
    return found


def _is_param(value: Any) -> bool:
    return isinstance(value, Mapping) and {"value", "schema"} <= set(value)


class Content:
    """Mark of a field that holds what users wrote, though others of its name do not: `Annotated[str, CONTENT]`."""


CONTENT = Content()
PLAIN = frozenset({
    # what things are called: they are addresses, and a password that is a common word must not break them
    "alert_name", "asset", "attempt_id", "bundle_name", "bundle_version", "classpath", "conn_type", "connection_id",
    "created_by", "dag_display_name", "dag_id", "dag_ids", "dag_name", "dag_run_id", "database", "downstream",
    "downstream_task_ids", "executor", "executor_class", "fileloc", "filename", "flask_blueprints",
    "global_operator_extra_links", "group", "groups", "host", "hostname", "id", "instance_name", "issuer", "job_type",
    "key", "label", "last_run_id", "listeners", "login", "macros", "missing", "name", "next_task", "operator",
    "operator_extra_links", "operator_name", "owner", "owners", "package_name", "parent", "partition_key",
    "partition_keys", "people", "pool", "previous_task", "queue", "relative_fileloc", "role", "role_name", "run_id",
    "runs", "source", "source_dag_id", "source_run_id", "source_task_id", "success", "tags", "target",
    "task_display_name", "task_id", "tasks", "team_name", "template_fields", "timetables", "triggering_user",
    "triggering_user_name", "unixname", "upstream", "uri", "username", "watchers", "who",
    # words and texts of ours
    "base", "cells", "color", "confidence", "conf_differs", "counts", "default_timezone", "event", "file_token",
    "fingerprint", "git_version", "hint", "kind", "kinds", "latest_dag_processor_heartbeat",
    "latest_scheduler_heartbeat", "latest_triggerer_heartbeat", "level", "logger", "next", "next_cursor", "oidc",
    "origin", "other_state", "previous_cursor", "reference_type", "run_state", "run_type", "state", "state_codes",
    "states", "text_color", "timestamp", "timezone", "trigger_rule", "triggered_by", "ui_color", "ui_fgcolor",
    "values", "version", "version_id", "weight_rule",
    # secrets that are given to whom they belong, and hidden ones
    "access_token", "password", "token",
})  # fmt: skip
"""Fields of answers that are shown as they are.  All others that may hold text are looked through."""
BY_VALUE = frozenset(
    {"after", "asset_expression", "before", "class_ref", "extra_links", "links", "owner_links", "params"}
)
"""Fields whose keys are names that users gave, and not of what is under them, or that are hidden by name already."""


def shows_as_is(name: str, metadata: list[Any]) -> bool:
    """Whether a field with this name and these marks is not looked through."""
    return name in PLAIN and CONTENT not in metadata
