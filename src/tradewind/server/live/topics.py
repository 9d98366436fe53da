"""What a watcher may ask for."""

from __future__ import annotations

from urllib.parse import quote, unquote

from tradewind.errors import InvalidError

PLAIN = frozenset({"dags", "home", "hitl", "imports", "assets", "backfills", "pools", "health"})
MOST = 50
_PARTS = {"dag": 1, "run": 2, "ti": 4}


def dag_topic(dag_id: str) -> str:
    """Runs, cells and settings of a DAG."""
    return f"dag:{_quoted(dag_id)}"


def run_topic(dag_id: str, run_id: str) -> str:
    """A run and all its task instances."""
    return f"run:{_quoted(dag_id)}/{_quoted(run_id)}"


def ti_topic(dag_id: str, run_id: str, task_id: str, map_index: int) -> str:
    """One task instance."""
    return f"ti:{_quoted(dag_id)}/{_quoted(run_id)}/{_quoted(task_id)}/{map_index}"


def _quoted(text: str) -> str:
    return quote(text, safe="")


def parse(texts: list[str]) -> frozenset[str]:
    """The topics, each in one spelling.  A `/` or `%` inside an id is percent-encoded; what else is encoded does not
    matter.  Raises InvalidError.
    """
    if not texts or len(texts) > MOST:
        raise InvalidError(f"give 1 to {MOST} topics, not {len(texts)}", fix="topic=dags&topic=dag:my_dag")
    return frozenset(_parse(text) for text in texts)


def _parse(text: str) -> str:
    if text in PLAIN:
        return text
    kind, colon, rest = text.partition(":")
    parts = [unquote(part) for part in rest.split("/")]
    if colon and len(parts) == _PARTS.get(kind) and all(parts):
        if kind == "dag":
            return dag_topic(parts[0])
        if kind == "run":
            return run_topic(parts[0], parts[1])
        if parts[3].removeprefix("-").isascii() and parts[3].removeprefix("-").isdigit() and len(parts[3]) < 12:
            return ti_topic(parts[0], parts[1], parts[2], int(parts[3]))
    known = ", ".join(sorted(PLAIN))
    raise InvalidError(
        f"the topic {text[:200]!r} is not known",
        fix=f"use {known}, dag:<dag>, run:<dag>/<run> or ti:<dag>/<run>/<task>/<map index>",
    )
