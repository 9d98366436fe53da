"""Partitions of assets: mappers, windows and wait policies as authors write them, each of which becomes data.

Airflow: `StartOfDayMapper`, `RollupMapper`, `FanOutMapper`, `DayWindow`, `WaitForAll`, ... of `airflow.sdk`.
`core.partitions` computes with the data; `asset_schedules` has the timetables that take mappers.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from tradewind.authoring import defaults
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError
from tradewind.authoring.timezone import parse_timezone, timezone_name

if TYPE_CHECKING:  # msgspec need not be loaded to define a DAG
    from tradewind.spec.assets import MapperSpec, Unit, WindowSpec

DEFAULT_MOST_KEYS = 1000
_ISO = "%Y-%m-%dT%H:%M:%S"
_PART = re.compile(r"%[YmdHMSVUW]|\{quarter\}")


class PartitionMapper:
    """Base of mappers: from the partition key of an asset event to the keys of the runs it is for.

    A subclass with code of its own cannot be scheduled: code of DAG files never runs in the scheduler.
    """

    def __init__(self, *, max_downstream_keys: int | None = None) -> None:
        whole = isinstance(max_downstream_keys, int) and not isinstance(max_downstream_keys, bool)
        if max_downstream_keys is not None and (not whole or max_downstream_keys < 1):
            raise ArgumentValueError(
                f"max_downstream_keys={max_downstream_keys!r} is not a number of keys", fix="give 1 or more"
            )
        self.max_downstream_keys = max_downstream_keys

    def spec(self) -> MapperSpec:
        """The mapper as data.  Raises `ArgumentTypeError` for a class of the user's own."""
        raise ArgumentTypeError(
            f"the partition mapper {type(self).__module__}.{type(self).__name__} has code of its own, which does not "
            "run in the scheduler",
            fix="combine the mappers that there are: ChainMapper, ProductMapper, RollupMapper, FanOutMapper, ...",
        )

    def _spec(self, **fields: Any) -> MapperSpec:
        from tradewind.spec.assets import MapperSpec  # loads msgspec: only when a DAG is compiled

        own = getattr(self, "max_downstream_keys", None)
        most = own or defaults.get_int("scheduler", "partition_mapper_max_downstream_keys", DEFAULT_MOST_KEYS)
        return MapperSpec(max_downstream_keys=own if most == DEFAULT_MOST_KEYS else most, **fields)


def _mapper(where: str, value: Any) -> PartitionMapper:
    if isinstance(value, PartitionMapper):
        return value
    raise ArgumentTypeError(
        f"{where} needs a partition mapper, not {value!r}", fix="give IdentityMapper(), for example"
    )


class IdentityMapper(PartitionMapper):
    """The same key."""

    def spec(self) -> MapperSpec:
        """As data."""
        return self._spec(kind="identity")


class FixedKeyMapper(PartitionMapper):
    """Every key becomes this one."""

    def __init__(self, downstream_key: Any, *, max_downstream_keys: int | None = None) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        if not isinstance(downstream_key, str) or not downstream_key:
            raise ArgumentValueError(f"FixedKeyMapper({downstream_key!r}) has no key", fix="give a text")
        self.downstream_key: str = downstream_key

    def spec(self) -> MapperSpec:
        """As data."""
        return self._spec(kind="fixed", keys=(self.downstream_key,))


class AllowedKeyMapper(PartitionMapper):
    """The same key, if it is in the list."""

    def __init__(self, allowed_keys: list[str], *, max_downstream_keys: int | None = None) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.allowed_keys = list(allowed_keys)

    def spec(self) -> MapperSpec:
        """As data."""
        return self._spec(kind="allowed", keys=tuple(map(str, self.allowed_keys)))


class _StartOf(PartitionMapper):
    unit: ClassVar[Unit]
    default_output_format: ClassVar[str]

    def __init__(
        self,
        *,
        timezone: str | dt.tzinfo = "UTC",
        input_format: str = _ISO,
        output_format: str | None = None,
        max_downstream_keys: int | None = None,
    ) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.timezone = timezone_name(parse_timezone(timezone) if isinstance(timezone, str) else timezone)
        self.input_format = input_format
        self.output_format = output_format or self.default_output_format

    def spec(self) -> MapperSpec:
        """As data.  Raises `ArgumentValueError` for a format that names a part twice."""
        parts = _PART.findall(self.output_format)
        if len(parts) != len(set(parts)):
            raise ArgumentValueError(
                f"output_format={self.output_format!r} of {type(self).__name__} names a part twice",
                fix="name each part once",
            )
        return self._spec(
            kind="start",
            unit=self.unit,
            timezone=self.timezone,
            input_format=self.input_format,
            output_format=self.output_format,
        )


class StartOfHourMapper(_StartOf):
    """The hour that contains the time of the key."""

    unit: ClassVar[Unit] = "hour"
    default_output_format = "%Y-%m-%dT%H"


class StartOfDayMapper(_StartOf):
    """The day that contains the time of the key."""

    unit: ClassVar[Unit] = "day"
    default_output_format = "%Y-%m-%d"


class StartOfWeekMapper(_StartOf):
    """The ISO week that contains the time of the key, by its Monday."""

    unit: ClassVar[Unit] = "week"
    default_output_format = "%Y-%m-%d (W%V)"


class StartOfMonthMapper(_StartOf):
    """The month that contains the time of the key."""

    unit: ClassVar[Unit] = "month"
    default_output_format = "%Y-%m"


class StartOfQuarterMapper(_StartOf):
    """The quarter that contains the time of the key."""

    unit: ClassVar[Unit] = "quarter"
    default_output_format = "%Y-Q{quarter}"


class StartOfYearMapper(_StartOf):
    """The year that contains the time of the key."""

    unit: ClassVar[Unit] = "year"
    default_output_format = "%Y"


class _Several(PartitionMapper):
    kind: ClassVar[Literal["chain", "product"]]

    def __init__(
        self,
        mapper0: PartitionMapper,
        mapper1: PartitionMapper,
        /,
        *mappers: PartitionMapper,
        max_downstream_keys: int | None = None,
    ) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.mappers = [_mapper(type(self).__name__, item) for item in (mapper0, mapper1, *mappers)]
        for item in self.mappers:
            if isinstance(item, RollupMapper):
                raise ArgumentTypeError(
                    f"{type(self).__name__} cannot contain a RollupMapper", fix="put it inside the RollupMapper"
                )

    def spec(self) -> MapperSpec:
        """As data."""
        return self._spec(kind=self.kind, parts=tuple(item.spec() for item in self.mappers))


class ChainMapper(_Several):
    """One mapper after the other."""

    kind: ClassVar[Literal["chain", "product"]] = "chain"


class ProductMapper(_Several):
    """A mapper for each part of a key such as `eu|2024-05-01`."""

    kind: ClassVar[Literal["chain", "product"]] = "product"

    def __init__(
        self,
        mapper0: PartitionMapper,
        mapper1: PartitionMapper,
        /,
        *mappers: PartitionMapper,
        delimiter: Any = "|",
        max_downstream_keys: int | None = None,
    ) -> None:
        super().__init__(mapper0, mapper1, *mappers, max_downstream_keys=max_downstream_keys)
        if not isinstance(delimiter, str) or not delimiter:
            raise ArgumentValueError(f"delimiter={delimiter!r} is empty", fix='give a text such as "|"')
        self.delimiter: str = delimiter

    def spec(self) -> MapperSpec:
        """As data."""
        return self._spec(kind="product", parts=tuple(item.spec() for item in self.mappers), delimiter=self.delimiter)


# --- Windows and wait policies ---------------------------------------------------------------------------------


class Window:
    """Base of windows: the smaller keys that make up a larger one."""

    unit: ClassVar[Unit | None] = None

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

    def spec(self) -> WindowSpec:
        """As data.  Raises `ArgumentTypeError` for a class of the user's own."""
        from tradewind.spec.assets import WindowSpec

        if self.unit is None:
            raise ArgumentTypeError(
                f"the window {type(self).__name__} has code of its own, which does not run in the scheduler",
                fix="use HourWindow, DayWindow, ..., YearWindow or SegmentWindow",
            )
        return WindowSpec(unit=self.unit, backward=self.direction is self.Direction.BACKWARD)


class HourWindow(Window):
    """The sixty minutes of an hour."""

    unit: ClassVar[Unit | None] = "hour"


class DayWindow(Window):
    """The 24 hours of a day."""

    unit: ClassVar[Unit | None] = "day"


class WeekWindow(Window):
    """The seven days of a week."""

    unit: ClassVar[Unit | None] = "week"


class MonthWindow(Window):
    """The days of a month."""

    unit: ClassVar[Unit | None] = "month"


class QuarterWindow(Window):
    """The three months of a quarter."""

    unit: ClassVar[Unit | None] = "quarter"


class YearWindow(Window):
    """The twelve months of a year."""

    unit: ClassVar[Unit | None] = "year"


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

    def spec(self) -> WindowSpec:
        """As data."""
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


class RollupMapper(PartitionMapper):
    """Many keys become one, whose run waits until they are there."""

    def __init__(
        self,
        *,
        upstream_mapper: PartitionMapper,
        window: Window,
        wait_policy: WaitPolicy | None = None,
        max_downstream_keys: int | None = None,
    ) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.upstream_mapper = _mapper("RollupMapper", upstream_mapper)
        self.window, self.wait_policy = window, wait_policy or WaitForAll()
        if not isinstance(window, SegmentWindow) and not isinstance(upstream_mapper, _StartOf):
            raise ArgumentTypeError(
                f"{type(window).__name__} counts times, and {type(upstream_mapper).__name__} gives none",
                fix="use a StartOf...Mapper, or a SegmentWindow",
            )

    def spec(self) -> MapperSpec:
        """As data."""
        window, minimum = self.window.spec(), self.wait_policy.minimum
        if window.segments and minimum is not None and minimum > len(window.segments):
            raise ArgumentValueError(
                f"MinimumCount({minimum}) of {len(window.segments)} segments can never be reached", fix="lower it"
            )
        return self._spec(kind="rollup", parts=(self.upstream_mapper.spec(),), window=window, minimum=minimum)


class FanOutMapper(PartitionMapper):
    """One key becomes many: those of the window of its period."""

    default_downstream_mappers: ClassVar[dict[str, type[PartitionMapper]]] = {
        "day": StartOfHourMapper,
        "week": StartOfDayMapper,
        "month": StartOfDayMapper,
        "quarter": StartOfMonthMapper,
        "year": StartOfMonthMapper,
        "segment": IdentityMapper,
    }

    def __init__(
        self,
        *,
        upstream_mapper: PartitionMapper,
        window: Window,
        downstream_mapper: PartitionMapper | None = None,
        max_downstream_keys: int | None = None,
    ) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.upstream_mapper, self.window = _mapper("FanOutMapper", upstream_mapper), window
        if downstream_mapper is None:
            unit = "segment" if isinstance(window, SegmentWindow) else str(window.unit)
            if unit not in self.default_downstream_mappers:
                raise ArgumentValueError(
                    f"FanOutMapper with {type(window).__name__} does not know how to write the keys",
                    fix='give downstream_mapper=StartOfHourMapper(output_format="%Y-%m-%dT%H:%M"), for example',
                )
            downstream_mapper = self.default_downstream_mappers[unit]()
        self.downstream_mapper = _mapper("FanOutMapper", downstream_mapper)
        if not isinstance(window, SegmentWindow) and not isinstance(upstream_mapper, _StartOf):
            raise ArgumentTypeError(
                f"{type(window).__name__} counts times, and {type(upstream_mapper).__name__} gives none",
                fix="use a StartOf...Mapper, or a SegmentWindow",
            )

    def spec(self) -> MapperSpec:
        """As data."""
        return self._spec(
            kind="fan_out",
            parts=(self.upstream_mapper.spec(), self.downstream_mapper.spec()),
            window=self.window.spec(),
        )
