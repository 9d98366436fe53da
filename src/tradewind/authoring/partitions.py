"""Partitions of assets: mappers, windows and wait policies as authors write them, each of which becomes data.

Airflow: `StartOfDayMapper`, `RollupMapper`, `FanOutMapper`, `DayWindow`, `WaitForAll`, ... of `airflow.sdk`.
`core.partitions` computes with the data; `asset_schedules` has the timetables that take mappers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from tradewind.authoring import defaults
from tradewind.authoring.own_code import argument_text, is_own, path_of
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError
from tradewind.authoring.timezone import parse_timezone, timezone_name
from tradewind.authoring.windows import DayWindow as DayWindow
from tradewind.authoring.windows import HourWindow as HourWindow
from tradewind.authoring.windows import MinimumCount as MinimumCount
from tradewind.authoring.windows import MonthWindow as MonthWindow
from tradewind.authoring.windows import QuarterWindow as QuarterWindow
from tradewind.authoring.windows import SegmentWindow as SegmentWindow
from tradewind.authoring.windows import WaitForAll as WaitForAll
from tradewind.authoring.windows import WaitPolicy as WaitPolicy
from tradewind.authoring.windows import WeekWindow as WeekWindow
from tradewind.authoring.windows import Window as Window
from tradewind.authoring.windows import YearWindow as YearWindow

if TYPE_CHECKING:  # msgspec need not be loaded to define a DAG
    from tradewind.spec.assets import MapperSpec, Unit

DEFAULT_MOST_KEYS = 1000
_ISO = "%Y-%m-%dT%H:%M:%S"
_PART = re.compile(r"%[YmdHMSVUW]|\{quarter\}")


class PartitionMapper:
    """Base of mappers: from the partition key of an asset event to the keys of the runs it is for.

    A subclass has `to_downstream`; its code runs in a child process, never in the scheduler.
    """

    is_rollup: ClassVar[bool] = False
    """It has `to_upstream`: which keys make up a downstream key, whose run waits for them."""
    expected_decoded_type: ClassVar[type] = str

    def __init__(self, *, max_downstream_keys: int | None = None) -> None:
        whole = isinstance(max_downstream_keys, int) and not isinstance(max_downstream_keys, bool)
        if max_downstream_keys is not None and (not whole or max_downstream_keys < 1):
            raise ArgumentValueError(
                f"max_downstream_keys={max_downstream_keys!r} is not a number of keys", fix="give 1 or more"
            )
        self.max_downstream_keys = max_downstream_keys

    def to_downstream(self, key: str) -> str | Iterable[str]:
        """The keys of the runs that an event with this key is for.  Raises ValueError for a key that it refuses."""
        raise NotImplementedError(f"{type(self).__name__} has no to_downstream")

    def decode_downstream(self, downstream_key: str) -> Any:
        """What a downstream key stands for, as windows count it: a naive time, or the text itself."""
        return downstream_key

    def encode_upstream(self, decoded: Any) -> str:
        """The upstream key of a part that a window counted: the other way round."""
        text: str = decoded
        return text

    def serialize(self) -> dict[str, Any]:
        """What tells two mappers of the class apart, as JSON values."""
        return {}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> PartitionMapper:
        """A mapper from what `serialize` gave."""
        return cls()

    def spec(self) -> MapperSpec:
        """The mapper as data; one with code of its own is a reference to it.

        Raises `ArgumentTypeError` when it cannot be, `ArgumentValueError` for arguments that make no sense.
        """
        if not is_own(self, PartitionMapper):
            return self._data()
        cls = type(self)
        if cls.to_downstream is PartitionMapper.to_downstream:
            raise ArgumentTypeError(
                f"the partition mapper {cls.__name__} does not say what becomes of a key",
                fix="define to_downstream(key)",
            )
        if (cls.decode_downstream is PartitionMapper.decode_downstream) is not (
            cls.encode_upstream is PartitionMapper.encode_upstream
        ):
            raise ArgumentTypeError(
                f"the partition mapper {cls.__name__} defines one of decode_downstream and encode_upstream",
                fix="define both, each the other way round",
            )
        return self._spec(kind="custom", classpath=path_of(self), data=argument_text(self), **self._extra())

    def _data(self) -> MapperSpec:
        raise NotImplementedError

    def _extra(self) -> dict[str, Any]:
        return {}

    def _spec(self, **fields: Any) -> MapperSpec:
        from tradewind.spec.assets import MapperSpec  # loads msgspec: only when a DAG is compiled

        own = getattr(self, "max_downstream_keys", None)
        most = own or defaults.get_int("scheduler", "partition_mapper_max_downstream_keys", DEFAULT_MOST_KEYS)
        return MapperSpec(max_downstream_keys=own if most == DEFAULT_MOST_KEYS else most, **fields)


def keys_of(mapper: PartitionMapper, key: str) -> list[str]:
    """What `to_downstream` says, as a list."""
    found = mapper.to_downstream(key)
    return [found] if isinstance(found, str) else list(found)


def _one(mapper: PartitionMapper, key: str) -> str:
    made = keys_of(mapper, key)
    if len(made) != 1:
        raise ArgumentValueError(f"a mapper inside another one must make one key of {key!r}, not {len(made)}")
    return made[0]


def _math() -> Any:
    from tradewind.core import partitions  # only when somebody asks

    return partitions


def _mapper(where: str, value: Any) -> PartitionMapper:
    if isinstance(value, PartitionMapper):
        return value
    raise ArgumentTypeError(
        f"{where} needs a partition mapper, not {value!r}", fix="give IdentityMapper(), for example"
    )


class IdentityMapper(PartitionMapper):
    """The same key."""

    def to_downstream(self, key: str) -> str | Iterable[str]:
        """See the base."""
        return key

    def _data(self) -> MapperSpec:
        return self._spec(kind="identity")


class FixedKeyMapper(PartitionMapper):
    """Every key becomes this one."""

    def __init__(self, downstream_key: Any, *, max_downstream_keys: int | None = None) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        if not isinstance(downstream_key, str) or not downstream_key:
            raise ArgumentValueError(f"FixedKeyMapper({downstream_key!r}) has no key", fix="give a text")
        self.downstream_key: str = downstream_key

    def to_downstream(self, key: str) -> str | Iterable[str]:
        """See the base."""
        return self.downstream_key

    def _data(self) -> MapperSpec:
        return self._spec(kind="fixed", keys=(self.downstream_key,))


class AllowedKeyMapper(PartitionMapper):
    """The same key, if it is in the list."""

    def __init__(self, allowed_keys: list[str], *, max_downstream_keys: int | None = None) -> None:
        super().__init__(max_downstream_keys=max_downstream_keys)
        self.allowed_keys = list(allowed_keys)

    def to_downstream(self, key: str) -> str | Iterable[str]:
        """See the base."""
        _math().downstream_keys(self._data(), key)  # refuses it when it is not in the list
        return key

    def _data(self) -> MapperSpec:
        return self._spec(kind="allowed", keys=tuple(map(str, self.allowed_keys)))


class _StartOf(PartitionMapper):
    unit: ClassVar[Unit]
    default_output_format: ClassVar[str]
    expected_decoded_type = dt.datetime

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

    def to_downstream(self, key: str) -> str | Iterable[str]:
        """See the base."""
        math = _math()
        with math.of_a_calendar(key):
            return self.format(self.normalize(math.time_of(self._data(), key)))

    def normalize(self, dt: dt.datetime) -> dt.datetime:
        """The start of the period that holds a time, on its own clock."""
        return _math().start_of(self.unit, dt)  # type: ignore[no-any-return]

    def format(self, dt: dt.datetime) -> str:
        """The downstream key of a period."""
        key: str = _math().key_text(self._data(), dt)
        return key

    def decode_downstream(self, downstream_key: str) -> Any:
        """The naive start of the period."""
        return _math().period_of(self._data(), downstream_key)

    def encode_upstream(self, decoded: Any) -> str:
        """The upstream key of a time; a naive one is on the clock of the mapper."""
        if decoded.tzinfo is not None:
            decoded = decoded.astimezone(parse_timezone(self.timezone)).replace(tzinfo=None)
        key: str = _math().upstream_key(self._data(), decoded)
        return key

    def _data(self) -> MapperSpec:
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

    def _data(self) -> MapperSpec:
        return self._spec(kind=self.kind, parts=tuple(item.spec() for item in self.mappers))


class ChainMapper(_Several):
    """One mapper after the other."""

    kind: ClassVar[Literal["chain", "product"]] = "chain"

    def to_downstream(self, key: str) -> str | Iterable[str]:
        """See the base."""
        keys = [key]
        for mapper in self.mappers:
            keys = [made for item in keys for made in keys_of(mapper, item)]
        return keys


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

    def to_downstream(self, key: str) -> str | Iterable[str]:
        """See the base."""
        segments = _math().segments_of(self._data(), key)
        return self.delimiter.join(_one(part, text) for part, text in zip(self.mappers, segments, strict=True))

    def _data(self) -> MapperSpec:
        return self._spec(kind="product", parts=tuple(item.spec() for item in self.mappers), delimiter=self.delimiter)


# --- Several keys and one ---------------------------------------------------------------------------------------


class RollupMapper(PartitionMapper):
    """Many keys become one, whose run waits until they are there."""

    is_rollup: ClassVar[bool] = True

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
        _fits(upstream_mapper, window)

    def to_downstream(self, key: str) -> str | Iterable[str]:
        """See the base."""
        return self.upstream_mapper.to_downstream(key)

    def to_upstream(self, downstream_key: str) -> frozenset[str]:
        """The upstream keys that make up a downstream key."""
        whole = self.upstream_mapper.decode_downstream(downstream_key)
        return frozenset(self.upstream_mapper.encode_upstream(part) for part in self.window.to_upstream(whole))

    def _extra(self) -> dict[str, Any]:
        _known(self.wait_policy)
        return {"minimum": self.wait_policy.minimum}

    def _data(self) -> MapperSpec:
        window, minimum = self.window.spec(), self.wait_policy.minimum
        if window.segments and minimum is not None and minimum > len(window.segments):
            raise ArgumentValueError(
                f"MinimumCount({minimum}) of {len(window.segments)} segments can never be reached", fix="lower it"
            )
        _known(self.wait_policy)
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
        _fits(upstream_mapper, window)

    def to_downstream(self, key: str) -> str | Iterable[str]:
        """See the base."""
        whole = self.upstream_mapper.decode_downstream(_one(self.upstream_mapper, key))
        return [self._key(part) for part in self.window.to_upstream(whole)]

    def _key(self, part: Any) -> str:
        write = getattr(self.downstream_mapper, "format", None)
        if callable(write) and isinstance(part, dt.datetime):
            return str(write(part))
        return _one(self.downstream_mapper, part.isoformat() if isinstance(part, dt.datetime) else str(part))

    def _data(self) -> MapperSpec:
        return self._spec(
            kind="fan_out",
            parts=(self.upstream_mapper.spec(), self.downstream_mapper.spec()),
            window=self.window.spec(),
        )


def _fits(mapper: PartitionMapper, window: Window) -> None:
    """Raise `ArgumentTypeError` when a window counts what the mapper does not give."""
    gives = type(mapper).decode_downstream is not PartitionMapper.decode_downstream
    if window.expected_decoded_type is not str and not gives:
        raise ArgumentTypeError(
            f"{type(window).__name__} counts times, and {type(mapper).__name__} gives none",
            fix="use a StartOf...Mapper, or a SegmentWindow",
        )


def _known(policy: WaitPolicy) -> None:
    if not type(policy).__module__.startswith("tradewind."):
        raise ArgumentTypeError(
            f"the wait policy {type(policy).__name__} has code of its own, which nothing would ask",
            fix="use WaitForAll() or MinimumCount(n)",
        )
