"""Classes of the user's own among those that become data: whether one is, its name, its arguments.

Used by `partitions` and `windows`, and by `custom_timetables`.
"""

from __future__ import annotations

import json
import re
from typing import Any

from tradewind.authoring.problems import ArgumentTypeError

_WORDS_ONLY = {
    *("__module__", "__doc__", "__dict__", "__weakref__", "__annotations__", "__qualname__", "__slots__"),
    *("__init__", "__repr__", "__eq__", "__hash__", "__firstlineno__", "__static_attributes__", "__parameters__"),
    *("default_output_format", "default_downstream_mappers", "serialize", "deserialize"),
}
"""What a subclass of a built-in class may define without doing anything else."""


def is_own(value: object, base: type) -> bool:
    """Whether the class of a value, or a base of it, is a user's and does something that `base` and its built-in
    subclasses do not."""
    for cls in type(value).__mro__:
        if cls.__module__.startswith("tradewind."):
            return cls is base
        if not vars(cls).keys() <= _WORDS_ONLY:
            return True
    return True


def path_of(value: object) -> str:
    """Module and name of its class, for messages; of one in a DAG file, the name of the file."""
    cls = type(value)
    module = cls.__module__
    name = module.split("_", 5)[-1] if module.startswith("_tradewind_dag_file_") else module
    return f"{name}.{cls.__qualname__}"


def argument_text(value: Any) -> str:
    """Its arguments as JSON: what tells two objects of the class apart.  Raises `ArgumentTypeError`."""
    attributes = getattr(value, "__dict__", {})
    own = {**value.serialize(), **{name: repr(item) for name, item in attributes.items()}}
    try:
        return without_addresses(json.dumps(own, sort_keys=True, default=str))
    except (TypeError, ValueError) as error:
        raise ArgumentTypeError(
            f"what {type(value).__name__}.serialize() returned cannot be written as JSON: {error}",
            fix="return a dict of texts, numbers, lists and dicts",
        ) from None


def without_addresses(text: str) -> str:
    """A text in which objects are known by their class only, as it must be the same in every process."""
    return re.sub(r" at 0x[0-9a-fA-F]+", "", text)
