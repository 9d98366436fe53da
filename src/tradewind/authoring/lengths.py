"""How many instances a mapped task or group will have, as data for the scheduler.  Called by `compile`."""

from __future__ import annotations

from typing import Any

from tradewind.authoring.expansion import ExpandInput
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.xcom_arg import ConcatXComArg, MapXComArg, XComArg, ZipXComArg
from tradewind.spec.dag import LengthSpec


def length_of(expand: ExpandInput) -> LengthSpec:
    """The product of the lengths of all that is combined."""
    parts = tuple(_length(value) for value in expand.parts())
    return parts[0] if len(parts) == 1 else LengthSpec(kind="product", parts=parts)


def _length(value: Any) -> LengthSpec:
    match value:
        case MapXComArg():
            return _length(value.parts[0])
        case ZipXComArg():
            kind = "shortest" if value.fillvalue is NOTSET else "longest"
            return LengthSpec(kind=kind, parts=tuple(map(_length, value.parts)))  # type: ignore[arg-type]
        case ConcatXComArg():
            return LengthSpec(kind="sum", parts=tuple(map(_length, value.parts)))
        case XComArg():
            return LengthSpec(kind="task", task_id=value.operator.task_id)
        case _:
            return LengthSpec(kind="literal", length=len(value))
