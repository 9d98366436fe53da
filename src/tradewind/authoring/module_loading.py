"""Objects by their dotted names.  Airflow: `airflow.utils.module_loading`."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any


def import_string(dotted_path: str) -> Any:
    """The object `package.module.name`.  Raises `ImportError` when there is none."""
    module_path, dot, name = dotted_path.rpartition(".")
    if not dot:
        raise ImportError(f"{dotted_path!r} is not the dotted name of an object; write package.module.name")
    module = importlib.import_module(module_path)
    try:
        return getattr(module, name)
    except AttributeError:
        raise ImportError(f"the module {module_path!r} has no {name!r}", name=module_path) from None


def iter_namespace(ns: ModuleType) -> Iterator[pkgutil.ModuleInfo]:
    """The modules of a package, by their full names."""
    return pkgutil.iter_modules(ns.__path__, f"{ns.__name__}.")


def qualname(o: Any, use_qualname: bool = False, exclude_module: bool = False) -> str:
    """The dotted name of a class, function or object, as `import_string` takes it.

    `use_qualname` keeps the names of outer classes and functions; `exclude_module` leaves the module out.
    """
    while isinstance(o, functools.partial):
        o = o.func
    holder = o if callable(o) and hasattr(o, "__qualname__") else type(o)
    name: str = holder.__qualname__ if use_qualname or exclude_module else holder.__name__
    if not use_qualname and (inspect.ismethod(o) or _is_method(holder)):
        name = holder.__qualname__
    module = getattr(holder, "__module__", None)
    return name if exclude_module or not module else f"{module}.{name}"


def _is_method(function: Any) -> bool:
    """Whether a function was defined in a class at module level: its name alone would not find it."""
    text = getattr(function, "__qualname__", "")
    return inspect.isfunction(function) and "." in text and "<locals>" not in text


def is_valid_dotpath(path: str) -> bool:
    """Whether a text could be the dotted name of an object."""
    return "." in path and all(part.isidentifier() for part in path.split("."))
