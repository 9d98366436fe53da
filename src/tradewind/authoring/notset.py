"""`NOTSET`: the value of an argument that was not given, where `None` means something.  Airflow: `NOTSET`."""

from __future__ import annotations

from typing import Any, Final


class ArgNotSet:
    """Type of `NOTSET`.  There is one instance; it survives copying."""

    def __repr__(self) -> str:
        return "NOTSET"

    def __bool__(self) -> bool:
        return False

    def __copy__(self) -> ArgNotSet:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> ArgNotSet:
        return self

    def __reduce__(self) -> str:
        return "NOTSET"


NOTSET: Final = ArgNotSet()


def is_arg_set(value: object) -> bool:
    """Whether an argument was given."""
    return value is not NOTSET
