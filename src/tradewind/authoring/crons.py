"""Cron expressions as authors write them: presets, and clear words for those that cannot be.  Used by `schedules`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tradewind.authoring.problems import nearest
from tradewind.errors import AirflowTimetableInvalid
from tradewind.spec.schedule import CRON_PRESETS

_OTHER_PRESETS = ("@once", "@continuous", "@none")


def check_cron(expression: Any) -> None:
    """Raises `AirflowTimetableInvalid` naming the expression and the fix."""
    if not isinstance(expression, str):
        raise AirflowTimetableInvalid(f"{expression!r} is not a cron expression", fix='write "0 2 * * *", for example')
    fields = expression.split()
    if expression.startswith("@"):
        guess = nearest(expression, [*CRON_PRESETS, *_OTHER_PRESETS])
        raise AirflowTimetableInvalid(
            f"there is no schedule {expression!r}",
            fix=f"write {guess!r}" if guess else f"use one of {', '.join(CRON_PRESETS)}, @once, @continuous",
        )
    if len(fields) not in (5, 6):
        raise AirflowTimetableInvalid(
            f"the cron expression {expression!r} has {len(fields)} field{'s' * (len(fields) != 1)}, it needs five",
            fix='write minute, hour, day of month, month, day of week: "0 2 * * *" is every day at 02:00',
        )
    if hashed := [field for field in fields if field[:1] in "HRhr" and field[1:2] in ("", "(", "/")]:
        raise AirflowTimetableInvalid(
            f"the cron expression {expression!r} has the field {hashed[0]!r}, which stands for a random time",
            fix="write a number in its place; schedule_jitter spreads the starts of many DAGs",
        )
    from croniter import CroniterBadDateError, CroniterError, croniter  # only when a DAG is compiled

    try:
        croniter(expression, dt.datetime(2000, 1, 1, tzinfo=dt.UTC)).get_next(dt.datetime)
    except CroniterBadDateError:
        raise AirflowTimetableInvalid(
            f"the cron expression {expression!r} names a date that does not exist",
            fix="correct its day or month",
        ) from None
    except (CroniterError, ValueError, KeyError) as error:
        raise AirflowTimetableInvalid(
            f"the cron expression {expression!r} is not valid: {error}",
            fix="write minute, hour, day of month, month, day of week, and seconds last (Quartz has them first)"
            if len(fields) == 6
            else 'write minute, hour, day of month, month, day of week: "0 2 * * *" is every day at 02:00',
        ) from None
