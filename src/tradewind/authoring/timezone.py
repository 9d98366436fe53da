"""Times that DAG authors write, made aware; names of time zones.

Airflow: `airflow.utils.timezone`, `airflow.sdk.timezone`.

Naive datetimes in DAG files are read in the default time zone: UTC, or `AIRFLOW__CORE__DEFAULT_TIMEZONE`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, overload
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tradewind.authoring.defaults import get_text
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError

utc = dt.UTC
TIMEZONE: dt.tzinfo = dt.UTC
"""Airflow's name for the default time zone; see `default_timezone` for the configured one."""


def parse_timezone(name: str | int) -> dt.tzinfo:
    """A time zone from an IANA name, `+09:00`, or an offset in seconds.  Raises `ArgumentValueError`."""
    if isinstance(name, int):
        return dt.timezone(dt.timedelta(seconds=name))
    if name.upper() in {"UTC", "Z", "+00:00"}:
        return dt.UTC
    if name[:1] in "+-" and len(name) == 6 and name[3] == ":":
        sign = -1 if name[0] == "-" else 1
        return dt.timezone(sign * dt.timedelta(hours=int(name[1:3]), minutes=int(name[4:6])))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ArgumentValueError(
            f"the time zone {name!r} is not known", fix="use an IANA name such as 'Europe/Amsterdam' or 'UTC'"
        ) from None


def default_timezone() -> dt.tzinfo:
    """The zone in which naive datetimes of DAG files are read."""
    name = get_text("core", "default_timezone", "utc")
    return parse_timezone("UTC" if name == "system" else name)


def timezone_name(zone: dt.tzinfo | None, at: dt.datetime | None = None) -> str:
    """IANA name of a zone (pendulum, zoneinfo, pytz, dateutil), or its offset as `+09:00`."""
    if zone is None or zone is dt.UTC:
        return "UTC"
    for attribute in ("key", "zone", "name"):
        name = getattr(zone, attribute, None)
        if isinstance(name, str) and name:
            return "UTC" if name.upper() in {"UTC", "Z", "+00:00"} else name
    filename = getattr(zone, "_filename", None)  # dateutil.tz.gettz keeps the name nowhere else
    if isinstance(filename, str) and "zoneinfo/" in filename:
        return filename.split("zoneinfo/", 1)[1]
    moment = at.replace(tzinfo=None) if at is not None else dt.datetime(2000, 1, 1)  # noqa: DTZ001 - local to `zone`
    offset = zone.utcoffset(moment) or dt.timedelta()
    if not offset:
        return "UTC"
    minutes = round(abs(offset.total_seconds()) / 60)
    return f"{'-' if offset < dt.timedelta() else '+'}{minutes // 60:02d}:{minutes % 60:02d}"


def is_localized(value: dt.datetime) -> bool:
    """Whether the datetime is aware."""
    return value.utcoffset() is not None


def is_naive(value: dt.datetime) -> bool:
    """Whether the datetime has no time zone."""
    return value.utcoffset() is None


def utcnow() -> dt.datetime:
    """The current instant, aware, UTC."""
    return dt.datetime.now(dt.UTC)


def make_aware(value: dt.datetime, timezone: dt.tzinfo | None = None) -> dt.datetime:
    """A naive datetime read in `timezone` (default: the default time zone).  Raises `ValueError` when it is aware."""
    if is_localized(value):
        raise ValueError(f"make_aware expects a naive datetime, got {value}")
    return value.replace(tzinfo=timezone or default_timezone())


def make_naive(value: dt.datetime, timezone: dt.tzinfo | None = None) -> dt.datetime:
    """An aware datetime as wall clock time of `timezone`, without it.  Raises `ValueError` when it is naive."""
    if is_naive(value):
        raise ValueError(f"make_naive cannot be applied to a naive datetime, got {value}")
    return value.astimezone(timezone or default_timezone()).replace(tzinfo=None)


@overload
def convert_to_utc(value: None) -> None: ...
@overload
def convert_to_utc(value: dt.datetime) -> dt.datetime: ...
def convert_to_utc(value: dt.datetime | None) -> dt.datetime | None:
    """The same instant in UTC; naive values are read in the default time zone."""
    if value is None:
        return None
    return (value if is_localized(value) else make_aware(value)).astimezone(dt.UTC)


def plain(value: dt.datetime) -> dt.datetime:
    """The instant as a datetime of the standard library in UTC; pendulum's subclass does not belong into specs."""
    return dt.datetime.fromisoformat(convert_to_utc(value).isoformat())


def parse(string: str, timezone: dt.tzinfo | None = None) -> dt.datetime:
    """A datetime from text, aware.  Raises `ValueError`."""
    try:
        value = dt.datetime.fromisoformat(string)
    except ValueError:
        from dateutil import parser  # only for spellings that ISO 8601 does not have

        value = parser.parse(string)
    return value if is_localized(value) else value.replace(tzinfo=timezone or default_timezone())


def datetime(*args: Any, **kwargs: Any) -> dt.datetime:
    """`datetime(2024, 1, 1)` in the default time zone."""
    kwargs.setdefault("tzinfo", default_timezone())
    return dt.datetime(*args, **kwargs)  # noqa: DTZ001 - it has one


def coerce_datetime(v: dt.datetime | None, tz: dt.tzinfo | None = None) -> Any:
    """The datetime as an aware pendulum DateTime; a naive one is read in `tz` (default: the default time zone)."""
    if v is None:
        return None
    import pendulum  # only for those who ask for its DateTime

    aware = v if is_localized(v) else make_aware(v, tz)
    found = pendulum.instance(aware)
    return found if tz is None else found.in_timezone(tz)  # type: ignore[arg-type]


def utc_epoch() -> dt.datetime:
    """1970-01-01T00:00:00+00:00."""
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def from_timestamp(timestamp: float, tz: dt.tzinfo | str = dt.UTC) -> Any:
    """The instant of a Unix time (seconds) in a zone, as a pendulum DateTime.  Raises `ArgumentValueError`."""
    import pendulum  # only for those who ask for its DateTime

    zone = (parse_timezone("UTC" if tz == "local" else tz)) if isinstance(tz, str) else tz
    return pendulum.instance(dt.datetime.fromtimestamp(timestamp, zone))


def local_timezone() -> dt.tzinfo:
    """The zone of the machine."""
    found = dt.datetime.now().astimezone().tzinfo
    assert found is not None
    return found


def td_format(td_object: dt.timedelta | float | None) -> str | None:
    """A length of time as `1d:2h:3M:4s`, `<1s` when it is shorter than a second; None for nothing."""
    if td_object is None:
        return None
    seconds = int(td_object.total_seconds() if isinstance(td_object, dt.timedelta) else td_object)
    if not seconds:
        return "<1s"
    parts: list[str] = []
    for length, sign in ((31_536_000, "y"), (2_592_000, "m"), (86_400, "d"), (3600, "h"), (60, "M"), (1, "s")):
        count, seconds = divmod(seconds, length)
        if count:
            parts.append(f"{count}{sign}")
    return ":".join(parts)


def aware_from_user(where: str, name: str, value: object, timezone: dt.tzinfo | None = None) -> dt.datetime | None:
    """What an author gave as a start or end date, aware, in its own zone.

    Raises `ArgumentTypeError` or `ArgumentValueError`.
    """
    if value is None:
        return None
    if isinstance(value, str):
        try:
            return parse(value, timezone)
        except (ValueError, OverflowError):
            raise ArgumentValueError(
                f"{where}: {name}={value!r} is not a date", fix=f'write {name}="2024-01-31" or a datetime'
            ) from None
    if isinstance(value, dt.datetime):
        return value if is_localized(value) else value.replace(tzinfo=timezone or default_timezone())
    raise ArgumentTypeError(
        f"{where}: {name} must be a datetime, not {type(value).__name__}: {value!r}",
        fix=f"write {name}=datetime(2024, 1, 31)",
    )
