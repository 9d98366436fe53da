"""Windows and wait policies of partition mappers: which smaller keys make up a larger one, and how many are enough.

Airflow: `DayWindow`, `SegmentWindow`, `WaitForAll`, ... of `airflow.sdk`.  Used by the mappers of `partitions`, which
also shows these names.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from tradewind.authoring.own_code import argument_text, is_own, path_of
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError

if TYPE_CHECKING:  # msgspec need not be loaded to define a DAG
    from tradewind.spec.assets import Unit, WindowSpec


class Window:
    """Base of windows: the smaller keys that make up a larger one.

    A subclass has `to_upstream`; its code runs in a child process, never in the scheduler.
    """

    unit: ClassVar[Unit | None] = None
    expected_decoded_type: ClassVar[type] = str
    """What `to_upstream` takes: `datetime` when it counts times."""

    class Direction(enum.StrEnum):
        """Which side of the key's period the window lies on."""

        FORWARD = "forward"
        BACKWARD = "backward"

    def __init__(self, *, direction: Direction | str = Direction.FORWARD) -> None:
        try:
            self.direction = self.Direction(direction)
        except ValueError:
            raise ArgumentValueError(
                f"direction={direction!r} is not a direction of a window",
                fix="use Window.Direction.FORWARD",
            ) from None

    def to_upstream(self, decoded_downstream: Any) -> Iterable[Any]:
        """The parts of a larger key, both as a mapper decodes them: naive times, or texts."""
        if self.unit is None:
            raise NotImplementedError(f"{type(self).__name__} has no to_upstream")
        from tradewind.core.partitions import members  # only when somebody asks

        return members(self._data(), decoded_downstream)

    def serialize(self) -> dict[str, Any]:
        """What tells two windows of the class apart, as JSON values."""
        direction = getattr(self, "direction", self.Direction.FORWARD)
        return {"direction": str(direction)}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> Window:
        """A window from what `serialize` gave."""
        return cls(direction=data["direction"])

    def spec(self) -> WindowSpec:
        """As data; one with code of its own is a reference to it.  Raises `ArgumentTypeError` when it cannot be."""
        from tradewind.spec.assets import WindowSpec

        if not is_own(self, Window):
            return self._data()
        if type(self).to_upstream is Window.to_upstream and self.unit is None:
            raise ArgumentTypeError(
                f"the window {type(self).__name__} does not say what its parts are", fix="define to_upstream(decoded)"
            )
        return WindowSpec(unit="custom", classpath=path_of(self), data=argument_text(self))

    def _data(self) -> WindowSpec:
        from tradewind.spec.assets import WindowSpec

        assert self.unit is not None
        return WindowSpec(unit=self.unit, backward=self.direction is self.Direction.BACKWARD)


class HourWindow(Window):
    """The sixty minutes of an hour."""

    unit: ClassVar[Unit | None] = "hour"
    expected_decoded_type = dt.datetime


class DayWindow(Window):
    """The 24 hours of a day."""

    unit: ClassVar[Unit | None] = "day"
    expected_decoded_type = dt.datetime


class WeekWindow(Window):
    """The seven days of a week."""

    unit: ClassVar[Unit | None] = "week"
    expected_decoded_type = dt.datetime


class MonthWindow(Window):
    """The days of a month."""

    unit: ClassVar[Unit | None] = "month"
    expected_decoded_type = dt.datetime


class QuarterWindow(Window):
    """The three months of a quarter."""

    unit: ClassVar[Unit | None] = "quarter"
    expected_decoded_type = dt.datetime


class YearWindow(Window):
    """The twelve months of a year."""

    unit: ClassVar[Unit | None] = "year"
    expected_decoded_type = dt.datetime


class SegmentWindow(Window):
    """Named segments, whatever the key."""

    def __init__(self, segments: Iterable[Any]) -> None:
        super().__init__()
        found = [segments] if isinstance(segments, str) else list(segments)
        if not found or not all(isinstance(item, str) and item for item in found):
            raise ArgumentValueError(
                f"SegmentWindow({segments!r}) needs segments", fix='write SegmentWindow(["eu", "us"])'
            )
        self.segments = tuple(sorted(set(found)))

    def to_upstream(self, decoded_downstream: Any) -> Iterable[Any]:
        """The segments."""
        return self.segments

    def serialize(self) -> dict[str, Any]:
        """What tells two windows of the class apart."""
        return {"segments": list(self.segments)}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> SegmentWindow:
        """A window from what `serialize` gave."""
        return cls(data["segments"])

    def _data(self) -> WindowSpec:
        from tradewind.spec.assets import WindowSpec

        return WindowSpec(unit="segment", segments=self.segments)


class WaitPolicy:
    """Base of wait policies: how many keys of a window are enough."""

    minimum: int | None = None


class WaitForAll(WaitPolicy):
    """All of them."""


class MinimumCount(WaitPolicy):
    """So many, or, when negative, all but so many."""

    def __init__(self, n: Any) -> None:
        if isinstance(n, bool) or not isinstance(n, int) or n == 0:
            raise ArgumentValueError(
                f"MinimumCount({n!r}) would not wait for anything", fix="give a number that is not 0, or WaitForAll()"
            )
        self.n: int = n
        self.minimum = self.n
