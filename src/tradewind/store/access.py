"""Whose work the database does now, and which DAGs he sees: the one place where rights on DAGs are kept.

Theory.  The server enters who asks into the context of the request (`acting`), before it knows him, and fills it in
when it does; the command line does so once.  From then on, for somebody who is limited to certain DAGs,
- every statement of a `read` transaction finds only rows of DAGs that he sees: each table that holds something of
  DAGs is shadowed by a common table expression of the same name, which the database folds into the query.  No query
  has to remember it, and a table that nobody thought of makes a test fail (`RULES` and `OPEN` name all of them);
- every change is entered into the audit log, and refused there (`may_change`) when it is to a DAG that he may not run.
  A change is decided on all rows: what follows from it is not his to see, but it does follow.
Without somebody who is limited, nothing here costs anything but the look at one context variable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, event

from tradewind.errors import ForbiddenError, NotFoundError, StoreError
from tradewind.store.engine import is_writing


@dataclass(frozen=True, slots=True)
class DagRights:
    """The DAGs that somebody sees, and those of them that he may run."""

    reads: frozenset[str]
    runs: frozenset[str]


@dataclass(slots=True)
class Actor:
    """Who is at work.  Made when a request comes, filled in when it is known who sent it."""

    via: str
    """How he came: `api`, `ui`, `cli`."""
    name: str | None = None
    rights: DagRights | None = None
    """None: all DAGs."""


_actor: ContextVar[Actor | None] = ContextVar("tradewind_actor", default=None)


def actor() -> Actor | None:
    """Who is at work; None: Tradewind itself."""
    return _actor.get()


def enter(via: str) -> Actor:
    """Begin to work for somebody, for the rest of this context."""
    made = Actor(via)
    _actor.set(made)
    return made


@contextmanager
def unlimited() -> Iterator[None]:
    """Read for everybody: what is found is shared, and each is told of it what he may see."""
    token = _actor.set(None)
    try:
        yield
    finally:
        _actor.reset(token)


def sees(dag_id: str) -> bool:
    """Whether who is at work sees this DAG."""
    who = _actor.get()
    return who is None or who.rights is None or dag_id in who.rights.reads


def may_change(dag_id: str | None) -> None:
    """Raise ForbiddenError when who is at work may not run this DAG, NotFoundError when he does not even see it."""
    who = _actor.get()
    if dag_id is None or who is None or who.rights is None or dag_id in who.rights.runs:
        return
    if dag_id in who.rights.reads:
        raise ForbiddenError(f"you may look at DAG {dag_id!r}, not run or change it", fix="ask an administrator")
    # not even that it is there
    raise NotFoundError("it does not exist, or you may not see it")


def may_run() -> frozenset[str] | None:
    """The DAGs that who is at work may run and change; None: all."""
    who = _actor.get()
    return None if who is None or who.rights is None else frozenset(who.rights.runs)


# --- The rows that a limited reader finds ---------------------------------------------------------------------

_RUN = "EXISTS (SELECT 1 FROM dag_run t_r WHERE t_r.id = t_.dag_run_id)"
_ASSET = "EXISTS (SELECT 1 FROM asset t_a WHERE t_a.id = t_.asset_id)"
_EVENT = "EXISTS (SELECT 1 FROM asset_event t_e WHERE t_e.id = t_.event_id)"
_DAG = "t_.dag_id IN ({dags})"

# in this order: a rule may use the tables before it, which are limited already
RULES: dict[str, str] = {
    **dict.fromkeys(
        (
            "dag", "dag_tag", "dag_version", "dag_run", "task_instance", "xcom", "forecast", "timetable_question",
            "undecided", "dag_favorite", "dag_access", "backfill", "range_question", "deadline", "asset_use",
            "asset_consumer", "asset_queue", "asset_partition", "asset_mapping", "asset_watcher", "event_log",
            "task_shape",
        ),
        _DAG,
    ),
    **dict.fromkeys(("attempt", "task_state", "task_map", "xcom_blob", "asset_run_event"), _RUN),
    "callback": f"{_DAG} OR {_RUN}",
    "trigger": _RUN,
    "hitl_detail": "EXISTS (SELECT 1 FROM task_instance t_t WHERE t_t.id = t_.ti_id)",
    "backfill_run": "EXISTS (SELECT 1 FROM backfill t_b WHERE t_b.id = t_.backfill_id)",
    "backfill_slots": "EXISTS (SELECT 1 FROM backfill t_b WHERE t_b.id = t_.backfill_id)",
    # of a file all of whose DAGs are his: the text may name the others
    "import_error": (
        "EXISTS (SELECT 1 FROM dag t_d WHERE t_d.relative_fileloc = t_.relative_fileloc"
        " AND t_d.bundle_name = t_.bundle_name)"
        " AND NOT EXISTS (SELECT 1 FROM {schema}dag t_o WHERE t_o.relative_fileloc = t_.relative_fileloc"
        " AND t_o.bundle_name = t_.bundle_name AND t_o.dag_id NOT IN ({dags}))"
    ),
    # assets that his DAGs name, and what happened to them without another's DAG
    "asset": (
        "EXISTS (SELECT 1 FROM asset_use t_u WHERE t_u.asset_id = t_.id)"
        " OR EXISTS (SELECT 1 FROM asset_use t_u WHERE t_u.ref_name = t_.name)"
        " OR EXISTS (SELECT 1 FROM asset_use t_u WHERE t_u.ref_uri = t_.uri)"
    ),
    "asset_alias": "EXISTS (SELECT 1 FROM asset_use t_u WHERE t_u.alias_id = t_.id)",
    "asset_event": f"{_ASSET} AND (t_.source_dag_id IS NULL OR t_.source_dag_id IN ({{dags}}))",
    "asset_alias_member": _ASSET,
    "asset_event_alias": _EVENT,
    "asset_partition_event": _EVENT,
    # whoever wrote a value is named in it
    "asset_state": "EXISTS (SELECT 1 FROM asset t_a WHERE t_a.name = t_.asset AND t_a.uri = t_.uri)",
}  # fmt: skip
"""Table -> which of its rows, as `t_`, a limited reader finds."""
OPEN = frozenset({
    "asset_cursor", "connection", "connection_test", "kept_secret", "lease", "live_change", "parse_request", "plugin",
    "pool", "secret_key", "signal", "variable", "watcher_event", "worker",
    "user", "role", "dag_grant", "api_token", "login_session",
})  # fmt: skip
"""Tables that name no DAG, that no read for people asks, or whose routes are those of administrators and operators."""

_NEEDS = {
    name: [other for other in RULES if re.search(rf"FROM {other} ", rule)] for name, rule in RULES.items()
}  # fmt: skip
_NAMES = re.compile(r"\b(" + "|".join(sorted(RULES, key=len, reverse=True)) + r")\b")
_STARTS = re.compile(r"\s*(?:(WITH)\s+(?!RECURSIVE\b)|\(*\s*SELECT\b)", re.IGNORECASE)
_ANYTHING = re.compile(r"\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE|\(|VALUES)\b", re.IGNORECASE)
_BIND = "tradewind_dags"


def enforce(engine: Engine) -> None:
    """Let the reads of this engine obey the rights of who is at work.  Once for an engine."""
    if not event.contains(engine, "before_cursor_execute", _limit):
        event.listen(engine, "before_cursor_execute", _limit, retval=True)


def _limit(
    connection: Connection, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool
) -> tuple[str, Any]:
    who = _actor.get()
    if who is None or who.rights is None or is_writing(connection):
        return statement, parameters
    return limited(statement, parameters, who.rights, connection.dialect)


def limited(statement: str, parameters: Any, rights: DagRights, dialect: Dialect) -> tuple[str, Any]:
    """The statement, of which only rows of these DAGs are found, and its parameters."""
    named = set(_NAMES.findall(statement))
    if not named:
        return statement, parameters
    begins = _STARTS.match(statement)
    if begins is None:
        if _ANYTHING.match(statement):
            raise StoreError("a statement that cannot be limited to the DAGs of a user was not run")
        return statement, parameters  # BEGIN, PRAGMA and their like
    sqlite = dialect.name == "sqlite"
    # names of tables, of the database's schema and of the bound value only: nothing here comes from outside
    dags = f"SELECT dag_id FROM {_BIND}" if sqlite else f"SELECT unnest(CAST(%({_BIND})s AS varchar[]))"  # noqa: S608
    schema = f'"{"main" if sqlite else dialect.default_schema_name}".'
    parts = [f"{_BIND}(dag_id) AS (SELECT value FROM json_each(?))"] if sqlite else []  # noqa: S608
    wanted = _with_needs(named)
    for name, rule in RULES.items():
        if name in wanted:
            # without RECURSIVE, PostgreSQL takes the name inside for the table; SQLite wants its schema
            table = f"main.{name}" if sqlite else name
            where = rule.replace("{dags}", dags).replace("{schema}", schema)
            parts.append(f'"{name}" AS NOT MATERIALIZED (SELECT * FROM {table} t_ WHERE {where})')  # noqa: S608
    head = "WITH " + ", ".join(parts)
    text = f"{head}, {statement[begins.end(1) :].lstrip()}" if begins[1] else f"{head} {statement}"
    values = sorted(rights.reads)
    if sqlite:
        return text, (json.dumps(values), *parameters)
    return text, {**(parameters or {}), _BIND: values}


def _with_needs(named: set[str]) -> set[str]:
    wanted: set[str] = set()
    open_ = list(named)
    while open_:
        name = open_.pop()
        if name not in wanted:
            wanted.add(name)
            open_ += _NEEDS[name]
    return wanted
