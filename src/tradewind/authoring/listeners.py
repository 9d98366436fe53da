"""Listeners: functions of plugins that are told what becomes of tasks.

Airflow: `airflow.listeners.hookimpl` and the `listeners` of a plugin.  A listener is a module or an object whose
functions are marked with `@hookimpl`; each takes those of the arguments of its hook that it names.  Told by
`runtime.task_runner` in the process of the task; what happens in the scheduler is not told, because no code of users
runs there.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from typing import Any, TypeVar, overload

F = TypeVar("F", bound=Callable[..., Any])

TASK_HOOKS = (
    "on_task_instance_running", "on_task_instance_success", "on_task_instance_failed", "on_task_instance_skipped",
)  # fmt: skip
"""The hooks that are told."""
_MARK = "airflow_impl"


@overload
def hookimpl(function: F) -> F: ...
@overload
def hookimpl(**options: Any) -> Callable[[F], F]: ...
def hookimpl(function: Any = None, **options: Any) -> Any:
    """Mark a function of a listener: `@hookimpl`, or with options, of which `tryfirst` and `trylast` count."""
    if function is None:
        return functools.partial(hookimpl, **options)
    setattr(function, _MARK, options)
    return function


def hooks_of(listener: Any) -> dict[str, Callable[..., Any]]:
    """The marked functions of a listener by their names; a class is taken as it is, without an object of it."""
    found = {}
    for name in dir(listener):
        if not name.startswith("__"):
            function = inspect.getattr_static(listener, name, None)
            if getattr(getattr(function, "__func__", function), _MARK, None) is not None:
                found[name] = getattr(listener, name)
    return found


def untold(listeners: list[Any]) -> list[str]:
    """Names of hooks that these listeners wait for and nobody tells, sorted."""
    return sorted({name for listener in listeners for name in hooks_of(listener)} - set(TASK_HOOKS))


def calls(listeners: list[Any], hook: str, **arguments: Any) -> Iterator[tuple[str, Callable[[], Any]]]:
    """(name, call) of each function that is to be told, those with `tryfirst` first, those with `trylast` last."""
    functions = [functions[hook] for functions in map(hooks_of, listeners) if hook in functions]
    for function in sorted(functions, key=_place):
        names = inspect.signature(function).parameters
        taken = {name: value for name, value in arguments.items() if name in names}
        label = f"{getattr(function, '__module__', '?')}.{getattr(function, '__qualname__', hook)}"
        yield label, functools.partial(function, **taken)


def _place(function: Any) -> int:
    options = getattr(function, _MARK, None) or {}
    return int(bool(options.get("trylast"))) - int(bool(options.get("tryfirst")))
