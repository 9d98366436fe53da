"""Secrets that no answer shows: who looks for them, and which fields of answers are looked through.

`server.app` makes one `KnownSecrets` for the application, `guard` and the live hub `enter` it, and
`models.common.Answer` asks `masker()` for every field that holds what people or their code wrote.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from itertools import zip_longest
from typing import Any

from tradewind.errors import InvalidError
from tradewind.runtime.masking import MASK, Masker
from tradewind.store.known_secrets import KnownSecrets


class _Look:
    """The secrets as one request, or one batch of events, sees them: asked for once, when a field needs it."""

    def __init__(self, secrets: KnownSecrets) -> None:
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


def enter(secrets: KnownSecrets) -> None:
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
