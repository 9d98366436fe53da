"""A copy of an operator for one attempt, so that rendering and running never change the DAG a warm worker holds.

Called by `task_runner`.  Containers are copied through and through, and objects with template fields one level deep;
everything else (functions, clients, other tasks) stays the same object, as user code may compare or share it.
"""

from __future__ import annotations

import copy
from typing import Any

_PLAIN = (str, int, float, bool, bytes, type(None))


def fresh_copy(operator: Any) -> Any:
    """The operator's own copy (`prepare_for_execution`) with containers of its own."""
    twin = operator.prepare_for_execution()
    seen: dict[int, Any] = {}
    attributes = vars(twin)
    for name, value in list(attributes.items()):
        if not isinstance(value, _PLAIN):
            copied = _copied(value, seen)
            if copied is not value:
                attributes[name] = copied
    return twin


def _copied(value: Any, seen: dict[int, Any]) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    known = seen.get(id(value))
    if known is not None:
        return known
    if kind is dict:
        twin: Any = {}
        seen[id(value)] = twin
        for key, item in value.items():
            twin[key] = _copied(item, seen)
        return twin
    if kind is list:
        twin = []
        seen[id(value)] = twin
        twin.extend(_copied(item, seen) for item in value)
        return twin
    if kind is set:
        return set(value)
    if kind is tuple:
        items = tuple(_copied(item, seen) for item in value)
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    if getattr(kind, "template_fields", None) and not hasattr(value, "task_id") and not callable(value):
        twin = copy.copy(value)
        seen[id(value)] = twin
        return twin
    return value
