"""The fire times of a cron expression in a time zone, daylight saving included.  Used by `timetables.cron`.

A cron names local wall-clock times.  Almost always one such time is one instant; at a change of the clock it
is not:

- A time that the clock jumps over fires as far after the jump as it would have come after it (02:30 ->
03:30): a run is moved, never lost; when another fire time is there already, both are one. - A time that comes
twice fires once, at its second coming, as Airflow does; only a cron that fires in every hour (`30 * * * *`)
fires at both, so that no hour goes without.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from croniter import CroniterBadDateError, CroniterError, croniter

from tradewind.core.timetables.base import zone
from tradewind.errors import AirflowTimetableInvalid

_SECOND = timedelta(seconds=1)
_NEAR = timedelta(days=2)
_PROBE = timedelta(hours=6)
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local wall-clock times are naive here
_NOT_FIXED = re.compile(r"(^|[\s,/])[rh](?=$|[\s,/(])", re.IGNORECASE)

_ONE_LONG = re.compile(r"(?<![\w#-])(\w+)-\1(?:/\d+)?(?![\w#-])", re.IGNORECASE)
"""A range of one value, such as `9-9`: croniter takes it for all values."""


class Cron:
    """The ordered set of instants (UTC) at which a cron fires."""

    def __init__(self, expression: str, timezone_name: str = "UTC") -> None:
        """Raises `AirflowTimetableInvalid` for an expression that cannot be read or never fires."""
        self.expression = expression
        self._zone = zone(timezone_name)
        self._steady = timezone_name == "UTC" or isinstance(self._zone, timezone)
        problem = ""
        if _NOT_FIXED.search(expression):
            problem = "random (R) and hashed (H) fields have no fixed meaning here"
        elif len(expression.split()) > 6:
            problem = "it has more than six fields"
        else:
            try:
                self._croniter = croniter(_ONE_LONG.sub(r"\1", expression), start_time=_EPOCH)
                self._croniter.get_next(datetime, start_time=_EPOCH)
            except CroniterBadDateError:
                problem = "there is no such date"
            except (CroniterError, ValueError, KeyError) as error:
                problem = str(error)
        if problem:
            raise AirflowTimetableInvalid(
                f"bad cron expression {expression!r}: {problem}",
                fix="give five fields: minute hour day-of-month month day-of-week",
            )
        # croniter writes a full range of hours, however it was spelled, as a star.
        self._every_hour = self._croniter.expanded[1] == ["*"]

    def after(self, at: datetime) -> datetime:
        """The first fire time later than `at`."""
        at = at.replace(microsecond=0)
        local = self.local(at)
        tick = self._next(local)
        found = self._instants(tick)
        if len(found) == 1 and (self._steady or (self._calm(at) and self._calm(found[0]))):
            return found[0]
        spread = max(self._spread(at), self._spread(found[-1]))
        best: datetime | None = None
        tick = local - spread - _SECOND
        while best is None or tick < self.local(best) + spread:
            tick = self._next(tick)
            best = min(_present(best, (t for t in self._instants(tick) if t > at)), default=None)
        return best

    def before(self, at: datetime) -> datetime:
        """The last fire time earlier than `at`."""
        if at.microsecond:
            at = at.replace(microsecond=0) + _SECOND
        local = self.local(at)
        tick = self._previous(local)
        found = self._instants(tick)
        if len(found) == 1 and (self._steady or (self._calm(at) and self._calm(found[0]))):
            return found[0]
        spread = max(self._spread(at), self._spread(found[0]))
        best: datetime | None = None
        tick = local + spread + _SECOND
        while best is None or tick > self.local(best) - spread:
            tick = self._previous(tick)
            best = max(_present(best, (t for t in self._instants(tick) if t < at)), default=None)
        return best

    def at_or_after(self, at: datetime) -> datetime:
        """`at` when it is a fire time, otherwise the first one later."""
        if at.microsecond:
            at = at.replace(microsecond=0) + _SECOND
        return self.after(at - _SECOND)

    def at_or_before(self, at: datetime) -> datetime:
        """`at` when it is a fire time, otherwise the last one earlier."""
        return self.before(at.replace(microsecond=0) + _SECOND)

    def instant(self, wall: datetime) -> datetime:
        """The instant (UTC) of a wall-clock time of the cron's zone; the later one when it comes twice."""
        return self._instants(wall)[-1]

    def local(self, at: datetime) -> datetime:
        """The wall clock of the cron's zone at an instant, naive."""
        return at.astimezone(self._zone).replace(tzinfo=None, fold=0)

    def _instants(self, wall: datetime) -> tuple[datetime, ...]:
        """The instants that this wall-clock time stands for, in order."""
        before = wall.replace(tzinfo=self._zone, fold=0).utcoffset()
        later = wall.replace(tzinfo=self._zone, fold=1).utcoffset()
        assert before is not None
        assert later is not None
        first = (wall - before).replace(tzinfo=UTC)
        if later >= before:
            return (first,)
        second = (wall - later).replace(tzinfo=UTC)
        return (first, second) if self._every_hour else (second,)

    def _offset(self, at: datetime) -> timedelta:
        offset = at.astimezone(self._zone).utcoffset()
        assert offset is not None
        return offset

    def _calm(self, at: datetime) -> bool:
        """No change of the clock is so near that it could move a fire time across `at`."""
        offset = self._offset(at)
        if self._offset(at - _NEAR) == offset == self._offset(at + _NEAR):
            return True
        spread = self._spread(at)
        return self._offset(at - spread) == offset == self._offset(at + spread)

    def _spread(self, at: datetime) -> timedelta:
        """By how much the clock changes near `at`."""
        offsets = [self._offset(at + step * _PROBE) for step in range(-8, 9)]
        return max(offsets) - min(offsets)

    def _next(self, wall: datetime) -> datetime:
        # A copy, as croniter remembers where it was: the same Cron may serve several threads.
        tick: datetime = copy.copy(self._croniter).get_next(datetime, start_time=wall)
        return tick

    def _previous(self, wall: datetime) -> datetime:
        tick: datetime = copy.copy(self._croniter).get_prev(datetime, start_time=wall)
        return tick


def _present(best: datetime | None, more: Iterable[datetime]) -> list[datetime]:
    return [*more] if best is None else [best, *more]
