"""Schedules in words: a timetable's `description`, and the same again as data for pages in other languages.

`of_crons`, `of_length` and `of_events` make the sentence when a DAG is compiled; its English is kept with the DAG.
`said` finds the sentence again from what is kept: it is taken only when its English is word for word that description,
so that what somebody else's timetable says of itself stays as it is.  Pure; called by authoring and the server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from tradewind.core.phrases import Parts, Phrase, Seconds, say
from tradewind.spec.schedule import CRON_PRESETS

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_ALWAYS = ("schedule.never", "schedule.once", "schedule.continuous", "schedule.assets", "schedule.no_events")
_MOST_TIMES = 6
"""So many times of a day are listed."""
_OR = re.compile(r"Triggered by assets or (.+)", re.DOTALL)
_ZONE = re.compile(r".* \(([^()]+)\)", re.DOTALL)
_LENGTH = re.compile(r"(?:(\d+) days?, )?(\d+):(\d\d):(\d\d)(?:\.(\d+))?")
_RELATIVE = re.compile(r"relativedelta\((.*)\)")
_EVENTS = re.compile(r"(\d+) events? (?:from (.+) to (.+)|at (.+))")


class _NoWordsError(Exception):
    """There are no words for this; the cron itself says it best."""


def of_crons(crons: Sequence[str], timezone: str) -> str:
    """The fire times of these crons in words, with the time zone they are of; empty when there are no words for one."""
    try:
        told = [_cron(cron, timezone) for cron in crons]
        bare = [_cron(cron, "") for cron in crons]
    except _NoWordsError:
        return ""
    if len(told) == 1:
        return told[0]
    zone = "" if told == bare else say("cron.zone", zone=timezone)
    return say("schedule.several", parts=Parts(tuple(bare), " · "), zone=zone)


def of_length(months: int, seconds: float) -> str:
    """`Every 1 d 12 h`; calendar months (a year is twelve) beside seconds; empty when both are there."""
    if months and seconds:
        return ""
    if not months:
        return say("schedule.every", span=Seconds(seconds))
    return say("schedule.years", count=months // 12) if months % 12 == 0 else say("schedule.months", count=months)


def of_events(events: Sequence[datetime]) -> str:
    """How many, and from when to when."""
    if not events:
        return say("schedule.no_events")
    return _happening(len(events), events[0], events[-1])


def _happening(count: int, first: datetime, last: datetime) -> str:
    if count == 1:
        return say("schedule.event", at=first)
    return say("schedule.events", number=count, first=first, last=last)


@lru_cache(maxsize=4096)
def said(summary: str, description: str) -> str:
    """The description as a phrase; the text itself when it is not one of ours.

    `summary` is the schedule as it was written: crons with `, ` between them, or a length of time.
    """
    if either := _OR.fullmatch(description):
        return say("schedule.assets_or", what=said(summary.removeprefix("Asset or "), either[1]))
    for key in _ALWAYS:
        if description == (always := say(key)):
            return always
    for guess in (_as_crons, _as_length, _as_events):
        try:
            phrase = guess(summary, description)
        except (ValueError, OverflowError):
            continue
        if phrase == description:
            return phrase
    return description


def _as_crons(summary: str, description: str) -> str:
    zone = _ZONE.fullmatch(description)
    return of_crons([CRON_PRESETS.get(cron, cron) for cron in summary.split(", ")], zone[1] if zone else "")


def _as_length(summary: str, _description: str) -> str:
    return of_length(*_length(summary))


def _length(text: str) -> tuple[int, float]:
    """Months and seconds of `1 day, 2:00:00` or `relativedelta(months=+1)`."""
    if found := _LENGTH.fullmatch(text):
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[:4])
        part = float(f"0.{found[5]}") if found[5] else 0.0
        return 0, timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds).total_seconds() + part
    if found := _RELATIVE.fullmatch(text):
        amounts = {name: int(value) for name, _, value in (item.partition("=") for item in found[1].split(", "))}
        months = amounts.pop("years", 0) * 12 + amounts.pop("months", 0)
        return months, timedelta(**amounts).total_seconds() if amounts.keys() <= _UNITS else -1.0
    raise ValueError(text)


_UNITS = {"days", "hours", "minutes", "seconds", "microseconds"}


def _as_events(_summary: str, description: str) -> str:
    found = _EVENTS.fullmatch(description)
    if not found:
        raise ValueError(description)
    first, last = (
        datetime.strptime(text, "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC)
        for text in (found[2] or found[4], found[3] or found[4])
    )
    return _happening(int(found[1]), first, last)


# --- cron ------------------------------------------------------------------------------------------------------


def _cron(expression: str, timezone: str) -> str:
    """One cron.  Sunday is 0.  Raises _NoWordsError: it has seconds, or a form that words do not say better."""
    fields = expression.upper().split()
    if len(fields) != 5:
        raise _NoWordsError
    minutes = _numbers(fields[0], 0, 59)
    hours = _numbers(fields[1], 0, 23)
    months = _numbers(fields[3], 1, 12, _MONTHS)
    days = _days(fields[2], fields[4], whole_year=len(months) == 12)
    year = "" if len(months) == 12 else say("cron.in_months", months=_listed(months, "month"))
    zone = say("cron.zone", zone=timezone) if timezone else ""
    return _rhythm(minutes, hours, days, year, zone)


def _rhythm(minutes: list[int], hours: list[int], days: str, year: str, zone: str) -> str:
    """What happens within a day, before which days those are."""
    rest = {"days": days, "months": year}
    always = len(hours) == 24
    if len(minutes) == 60 and (always or _runs(hours)):
        return say("cron.every_minute", hours=_between(hours, 0, 59), **rest, zone=_unless(always, rest, zone))
    step = _step(minutes, 60)
    if len(minutes) > 1 and minutes[0] == 0 and step and (always or _runs(hours)):
        return say(
            "cron.minutes", count=step, hours=_between(hours, 0, minutes[-1]), **rest, zone=_unless(always, rest, zone)
        )
    if len(minutes) == 1 and (always or (_runs(hours) and len(hours) > _MOST_TIMES)):
        key = "cron.hour" if minutes[0] == 0 else "cron.hour_at"
        told = {} if minutes[0] == 0 else {"minute": str(minutes[0])}
        between = _between(hours, minutes[0], minutes[0])
        return say(key, hours=between, **told, **rest, zone=_unless(always, rest, zone))
    if len(minutes) == 1 and len(hours) > _MOST_TIMES // 2 and hours[0] < (every := _step(hours, 24)):
        first = "" if hours[0] == 0 and minutes[0] == 0 else say("cron.first", at=_clock(hours[0], minutes[0]))
        return say("cron.hours", count=every, first=first, **rest, zone=zone)
    if len(minutes) * len(hours) <= _MOST_TIMES:
        times = _all_of([_clock(hour, minute) for hour in hours for minute in minutes])
        each = "" if any(rest.values()) else say("cron.every_day")
        return say("cron.at", times=times, every=each, **rest, zone=zone)
    past = _listed(minutes, "minute")
    if always:
        return say("cron.minutes_past", minutes=past, **rest, zone=_unless(True, rest, zone))
    return say("cron.minutes_of", minutes=past, hours=_listed(hours, "hour"), **rest, zone=zone)


def _unless(always: bool, rest: dict[str, str], zone: str) -> str:
    """The time zone; nothing when no day and no time of day is told."""
    return "" if always and not any(rest.values()) else zone


def _between(hours: list[int], first: int, last: int) -> str:
    if len(hours) == 24:
        return ""
    return say("cron.between", first=_clock(hours[0], first), last=_clock(hours[-1], last))


def _clock(hour: int, minute: int) -> str:
    return f"{hour:02}:{minute:02}"


def _days(of_month: str, of_week: str, *, whole_year: bool) -> str:
    """Which days: of the month, of the week, or (that is cron) either of them."""
    month, week = _month_days(of_month, whole_year), _week_days(of_week, whole_year)
    if month and week:
        return say("cron.either", one=month, other=week)
    if "#" in of_week or "L" in of_week or not week:
        days = month or week
        return say("cron.on", days=days) if days else ""
    return say("cron.weekly_range" if week.key == "cron.range" else "cron.weekly", days=week)


def _month_days(field: str, whole_year: bool) -> Phrase | None:
    if field == "L":
        return say("cron.last_day" if whole_year else "cron.last_day_in")
    days = _numbers(field, 1, 31)
    if len(days) == 31:
        return None
    if whole_year:
        return say("cron.day" if len(days) == 1 else "cron.days", days=_listed(days, "day"))
    return say("cron.day_in" if len(days) == 1 else "cron.days_in", days=_listed(days, "day"))


def _week_days(field: str, whole_year: bool) -> Phrase | None:
    nth = re.findall(r"(?:^|,)(?:(\w+)#([1-5])|L(\w+)|(\w+)L)(?=,|$)", field)
    if nth:
        if len(nth) != field.count(",") + 1:
            raise _NoWordsError
        key = "cron.nth" if whole_year else "cron.nth_in"
        parts = [
            say(key, nth=say(f"nth.{count or 'last'}"), day=_named("weekday", _day(day or of or lone)))
            for day, count, of, lone in nth
        ]
        return parts[0] if len(parts) == 1 else say("joined", parts=_all_of(parts))
    days = sorted({day % 7 for day in _numbers(field, 0, 7, _DAYS)})
    if len(days) == 7:
        return None
    if days[0] == 0 and len(days) > 1:
        days = [*days[1:], 7]  # a week is told from Monday on
    listed = _listed(days, "weekday")
    return listed if isinstance(listed, Phrase) else None


def _day(text: str) -> int:
    return _number(text, 0, 7, _DAYS) % 7


def _listed(numbers: list[int], kind: str) -> str:
    """Each number by its phrase; three or more in a row as a range, a long row with even gaps by its ends."""
    gap = numbers[1] - numbers[0] if len(numbers) > 1 else 0
    if gap > 1 and len(numbers) > _MOST_TIMES and numbers == list(range(numbers[0], numbers[-1] + 1, gap)):
        first, second, last = (_named(kind, number) for number in (*numbers[:2], numbers[-1]))
        return say("cron.and_so_on", first=first, second=second, last=last)
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    parts: list[str] = []
    for span in spans:
        if len(span) > 2:
            parts.append(say("cron.range", first=_named(kind, span[0]), last=_named(kind, span[-1])))
        else:
            parts += [_named(kind, number) for number in span]
    if len(parts) > 2 * _MOST_TIMES:
        raise _NoWordsError
    return _all_of(parts)


def _all_of(parts: Sequence[str]) -> str:
    """`a, b and c`."""
    if len(parts) == 1:
        return parts[0]
    return say("cron.and", parts=Parts(tuple(parts[:-1])), last=parts[-1])


def _named(kind: str, number: int) -> str:
    match kind:
        case "weekday":
            return say(f"weekday.{number % 7}")
        case "month":
            return say(f"month.{number}")
        case "day":
            return say("cron.day_number", day=str(number))
        case "hour":
            return f"{number:02}"
    return str(number)


def _runs(numbers: list[int]) -> bool:
    """Whether they follow one another."""
    return numbers[-1] - numbers[0] == len(numbers) - 1


def _step(numbers: list[int], whole: int) -> int:
    """Their even distance when it divides the whole and they fill it; otherwise 0."""
    step = whole // len(numbers)
    even = numbers == list(range(numbers[0], whole, step or whole))
    return step if len(numbers) > 1 and even and whole % len(numbers) == 0 else 0


def _numbers(field: str, low: int, high: int, names: Sequence[str] = ()) -> list[int]:
    found: set[int] = set()
    for part in field.split(","):
        span, slash, step = part.partition("/")
        if slash and not step.isdecimal():
            raise _NoWordsError
        first, last = _span(span, low, high, names, open_end=bool(slash))
        numbers: Iterable[int] = (
            range(first, last + 1) if first <= last else (*range(first, high + 1), *range(low, last + 1))
        )
        found.update(list(numbers)[:: int(step or 1) or 1])
    if not found:
        raise _NoWordsError
    return sorted(found)


def _span(text: str, low: int, high: int, names: Sequence[str], *, open_end: bool) -> tuple[int, int]:
    if text in ("*", "?"):
        return low, min(high, 6) if names is _DAYS else high
    first, dash, last = text.partition("-")
    begin = _number(first, low, high, names)
    if dash:
        return begin, _number(last, low, high, names)
    return begin, high if open_end else begin


def _number(text: str, low: int, high: int, names: Sequence[str]) -> int:
    if text in names:
        return names.index(text) + (1 if names is _MONTHS else 0)
    if not text.isdecimal() or not low <= int(text) <= high:
        raise _NoWordsError
    return int(text)
