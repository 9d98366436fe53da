"""Old names of things that moved, kept with a warning.  Airflow: `airflow.utils.deprecation_tools`."""

from __future__ import annotations

import importlib
import sys
import types
import warnings
from collections.abc import Callable, Mapping
from typing import Any


def getattr_with_deprecation(
    imports: Mapping[str, str],
    module: str,
    override_deprecated_classes: Mapping[str, str],
    extra_message: str,
    name: str,
) -> Any:
    """What `module.name` is now, with a warning that names the new place.  Raises AttributeError for other names.

    `imports`: old name -> the path of the new one, or `*` -> the module that has all.  `override_deprecated_classes`:
    old name -> the path that the warning tells instead.
    """
    path = imports.get(name) or (f"{imports['*']}.{name}" if "*" in imports and not name.startswith("_") else None)
    if path is None:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    told = override_deprecated_classes.get(name, path)
    text = f"{module}.{name} has moved: use {told}. {extra_message}".rstrip()
    warnings.warn(text, DeprecationWarning, stacklevel=3)
    home, _, attribute = path.rpartition(".")
    try:
        return getattr(importlib.import_module(home), attribute)
    except AttributeError as error:
        raise AttributeError(f"module {module!r} has no attribute {name!r}: {error}") from None


def add_deprecated_classes(
    module_imports: Mapping[str, Mapping[str, str]],
    package: str,
    override_deprecated_classes: Mapping[str, Mapping[str, str]] | None = None,
    extra_message: str | None = None,
) -> None:
    """Make the old modules of a package, which have no files any more; `__init__` stands for the package itself."""
    for module, imports in module_imports.items():
        whole = package if module == "__init__" else f"{package}.{module}"
        overrides = (override_deprecated_classes or {}).get(module, {})
        getter = _getter(imports, whole, overrides, extra_message or "")
        if module == "__init__":
            setattr(sys.modules[package], "__getattr__", getter)  # noqa: B010 - an attribute of this one module
        else:
            made = types.ModuleType(whole)
            setattr(made, "__getattr__", getter)  # noqa: B010 - as above
            sys.modules[whole] = made


def _getter(imports: Mapping[str, str], module: str, overrides: Mapping[str, str], extra: str) -> Callable[[str], Any]:
    def __getattr__(name: str) -> Any:  # noqa: N807 - the name of PEP 562
        return getattr_with_deprecation(imports, module, overrides, extra, name)

    return __getattr__
