"""`access_control` of a DAG: which roles deal with it.  Used by `compile`.

Airflow takes {role: {"can_read", "can_edit", ...}} and {role: {"DAGs": {...}, "DAG Runs": {...}}}.  Whatever changes or
triggers something is the right to run the DAG; the rest is the right to look at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_RUNS = frozenset({"can_edit", "can_dag_edit", "can_delete", "can_create", "menu_access_edit"})


def access_of(given: Any) -> dict[str, str]:
    """Role -> `read` or `run`, by role.  What is no mapping of roles gives nothing."""
    if not isinstance(given, Mapping):
        return {}
    found = {str(role): frozenset(_permissions(allowed)) for role, allowed in given.items()}
    return {role: "run" if allowed & _RUNS else "read" for role, allowed in sorted(found.items()) if allowed}


def _permissions(allowed: Any) -> Iterable[str]:
    if isinstance(allowed, Mapping):
        for part in allowed.values():
            yield from _permissions(part)
    elif isinstance(allowed, str):
        yield allowed
    elif isinstance(allowed, Iterable):
        yield from map(str, allowed)
