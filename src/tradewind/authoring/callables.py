"""How a Python function of the user is called: with its own arguments, and with those it wants from the context.

Used by the Python operators, the Python sensor and the decorators.
"""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any

from tradewind.authoring.context import KNOWN_CONTEXT_KEYS
from tradewind.authoring.problems import ArgumentTypeError, nearest

_log = logging.getLogger("airflow.task")


def signature_of(function: Callable[..., Any]) -> inspect.Signature | None:
    """The signature, or None for a builtin that does not tell."""
    try:
        return inspect.signature(function)
    except (ValueError, TypeError):
        return None


def determine_kwargs(
    function: Callable[..., Any], args: Collection[Any], kwargs: Mapping[str, Any], context: Mapping[str, Any]
) -> dict[str, Any]:
    """Keyword arguments for a call: `kwargs`, and of the context what the function has parameters for.

    A function with `**kwargs` gets the whole context.  A parameter that `args` fills already is left alone.  An entry
    of `kwargs` that the function cannot take is dropped, as Airflow does, and logged.
    """
    signature = signature_of(function)
    if signature is None:
        return dict(kwargs)
    by_position = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    positional = [name for name, parameter in signature.parameters.items() if parameter.kind in by_position]
    filled = set(positional[: len(args)])
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in signature.parameters.values()):
        found = {key: context[key] for key in context if key not in filled and key not in kwargs}
        return {**found, **kwargs}
    by_name = {
        name
        for name, parameter in signature.parameters.items()
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    }
    result = {}
    for name in by_name - filled:
        if name in kwargs:
            result[name] = kwargs[name]
        elif name in context:
            result[name] = context[name]
    dropped = sorted(set(kwargs) - by_name)
    if dropped:
        name = getattr(function, "__name__", repr(function))
        _log.warning("%s() has no parameter %s: not passed", name, ", ".join(map(repr, dropped)))
    return result


def fitting_kwargs(func: Callable[..., Any], args: Collection[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Of `kwargs`, mostly a whole context, what the function has parameters for.  Airflow: `determine_kwargs`, called
    by provider packages."""
    return determine_kwargs(func, args, {}, kwargs)


def make_kwargs_callable(func: Callable[..., Any]) -> Callable[..., Any]:
    """A function that may be called with a whole context and gives `func` what it has parameters for."""

    @functools.wraps(func)
    def fitting(*args: Any, **kwargs: Any) -> Any:
        return func(*args, **fitting_kwargs(func, args, kwargs))

    return fitting


def is_async_callable(function: Any) -> bool:
    """Whether calling it gives a coroutine: also behind `partial`, and for objects with an async `__call__`."""
    while isinstance(function, functools.partial):
        function = function.func
    if inspect.iscoroutinefunction(function):
        return True
    call = vars(type(function)).get("__call__")
    return not isinstance(function, type) and inspect.iscoroutinefunction(call)


def run_callable(function: Callable[..., Any], args: Collection[Any], kwargs: Mapping[str, Any]) -> Any:
    """Call the function; a coroutine is run to its end."""
    result = function(*args, **kwargs)
    return run_awaitable(result) if inspect.isawaitable(result) else result


def run_awaitable(awaitable: Any) -> Any:
    """Run it to its end in an event loop of its own; returns what it gives."""
    import asyncio  # 50 ms that a DAG file should not pay

    async def wait() -> Any:
        return await awaitable

    return asyncio.run(wait())


def check_call(where: str, function: Callable[..., Any], args: Collection[Any], kwargs: Mapping[str, Any]) -> None:
    """Refuse a `@task` call whose arguments do not fit, while the DAG is defined.

    Context names need no value.  Raises `ArgumentTypeError` naming the argument.
    """
    signature = signature_of(function)
    if signature is None:
        return
    parameters = signature.parameters.values()
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    if len(args) > len(positional) and not any(p.kind is p.VAR_POSITIONAL for p in parameters):
        raise ArgumentTypeError(
            f"{where} takes at most {len(positional)} positional arguments, {len(args)} were given",
            fix=f"its parameters are {signature}",
        )
    filled = {p.name for p in positional[: len(args)]}
    names = {p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)}
    for name in kwargs:
        if name in filled:
            raise ArgumentTypeError(f"{where} got {name!r} twice", fix=f"give {name!r} once")
        if name not in names and not any(p.kind is p.VAR_KEYWORD for p in parameters):
            guess = nearest(name, names, cutoff=0.6)
            raise ArgumentTypeError(
                f"{where} got an unknown argument {name!r}",
                fix=f"write {guess!r}" if guess else f"its parameters are {signature}",
            )
    for p in parameters:
        needed = p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
        if needed and p.name not in filled and p.name not in kwargs and p.name not in KNOWN_CONTEXT_KEYS:
            raise ArgumentTypeError(f"{where} lacks the argument {p.name!r}", fix=f"call it with {p.name}=...")
