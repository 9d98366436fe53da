"""Schedules in words: all forms of a cron that has words, and the sentence found again from what is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from croniter import croniter
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from tradewind.authoring import schedules
from tradewind.authoring.assets import Asset
from tradewind.core.phrases import Phrase
from tradewind.core.schedule_words import of_crons, said

CRONS = {
    "0 0 * * *": "At 00:00 every day (UTC)",
    "0 0,12 * * *": "At 00:00 and 12:00 every day (UTC)",
    "* * * * *": "Every minute",
    "? * * * ?": "Every minute",
    "*/15 * * * *": "Every 15 minutes",
    "*/7 * * * *": "At minutes 0, 7, … 56 of every hour",
    "1-59/2 * * * *": "At minutes 1, 3, … 59 of every hour",
    "5,20 * * * *": "At minutes 5 and 20 of every hour",
    "*/10 8-18 * * *": "Every 10 minutes from 08:00 to 18:50 (UTC)",
    "* 9 * * *": "Every minute from 09:00 to 09:59 (UTC)",
    "0 * * * *": "Every hour",
    "15 * * * *": "At minute 15 of every hour",
    "0 9-17 * * 1-5": "Every hour from 09:00 to 17:00, Monday to Friday (UTC)",
    "0 */4 * * *": "Every 4 hours (UTC)",
    "15 */2 * * *": "Every 2 hours, first at 00:15 (UTC)",
    "10 0/6 * * *": "Every 6 hours, first at 00:10 (UTC)",
    "0 22-2 * * *": "At 00:00, 01:00, 02:00, 22:00 and 23:00 every day (UTC)",
    "15,45 8-12 * * *": "At minutes 15 and 45 of the hours 08 to 12 (UTC)",
    "30 7 * * MON-FRI": "At 07:30, Monday to Friday (UTC)",
    "0 0 * * 6,0": "At 00:00 on Saturday and Sunday (UTC)",
    "0 0 * * 7": "At 00:00 on Sunday (UTC)",
    "0 1 * * 2,4-6": "At 01:00 on Tuesday and Thursday to Saturday (UTC)",
    "0 9 * * 1#2": "At 09:00 on the second Monday of the month (UTC)",
    "0 9 * 3 L5": "At 09:00 on the last Friday in March (UTC)",
    "0 4 L * *": "At 04:00 on the last day of the month (UTC)",
    "0 0 L 6 *": "At 00:00 on the last day in June (UTC)",
    "0 0 1 1 *": "At 00:00 on day 1 in January (UTC)",
    "0 0 1-7 * *": "At 00:00 on days 1 to 7 of the month (UTC)",
    "0 0 */2 * *": "At 00:00 on days 1, 3, … 31 of the month (UTC)",
    "0 0 1 */3 *": "At 00:00 on day 1 in January, April, July and October (UTC)",
    "0 0 * JUN-AUG *": "At 00:00 in June to August (UTC)",
    "0 0 1,15 * 5": "At 00:00 on days 1 and 15 of the month or on Friday (UTC)",
}


@pytest.mark.parametrize("cron", CRONS)
def test_a_cron_in_words(cron: str) -> None:
    assert of_crons([cron], "UTC") == CRONS[cron]
    found = said(cron, CRONS[cron])
    assert isinstance(found, Phrase)
    assert found == CRONS[cron]


@pytest.mark.parametrize("cron", ["0 1 * * * 30", "0 0 L-3 * *", "0 0 15W * *", "0 0 * * 1#9", "0 0 * * L"])
def test_what_words_do_not_say_better_has_none(cron: str) -> None:
    assert of_crons([cron], "UTC") == ""
    assert not isinstance(said(cron, ""), Phrase)


def test_several_crons_share_the_zone() -> None:
    told = of_crons(["0 1 * * *", "30 13 * * 6", "*/5 * * * *"], "Europe/Berlin")
    assert told == "At 01:00 every day · At 13:30 on Saturday · Every 5 minutes (Europe/Berlin)"
    assert isinstance(said("0 1 * * *, 30 13 * * 6, */5 * * * *", told), Phrase)


TIMETABLES = [
    (schedules.NullTimetable(), "Never, external triggers only"),
    (schedules.OnceTimetable(), "Once, as soon as possible"),
    (schedules.ContinuousTimetable(), "As frequently as possible, but only one run at a time."),
    (schedules.AssetTriggeredTimetable([Asset("a")]), "Triggered by assets"),
    (schedules.CronDataIntervalTimetable("0 0 * * *", "UTC", written="@daily"), "At 00:00 every day (UTC)"),
    (schedules.CronTriggerTimetable("0 5 * * *", "Asia/Seoul"), "At 05:00 every day (Asia/Seoul)"),
    (schedules.DeltaDataIntervalTimetable(timedelta(hours=36)), "Every 1 d 12 h"),
    (schedules.DeltaTriggerTimetable(timedelta(minutes=20)), "Every 20 min"),
    (schedules.DeltaDataIntervalTimetable(relativedelta(months=1)), "Every month"),
    (schedules.DeltaDataIntervalTimetable(relativedelta(months=18)), "Every 18 months"),
    (schedules.DeltaDataIntervalTimetable(relativedelta(years=2)), "Every 2 years"),
    (schedules.EventsTimetable([]), "No events"),
    (schedules.EventsTimetable([datetime(2030, 1, 1, tzinfo=UTC)]), "1 event at 2030-01-01 00:00:00 UTC"),
    (
        schedules.EventsTimetable([datetime(2030, 1, day, tzinfo=UTC) for day in (1, 2, 5)]),
        "3 events from 2030-01-01 00:00:00 UTC to 2030-01-05 00:00:00 UTC",
    ),
    (
        schedules.AssetOrTimeSchedule(
            timetable=schedules.CronTriggerTimetable("0 5 * * *", "UTC"), assets=[Asset("a")]
        ),
        "Triggered by assets or At 05:00 every day (UTC)",
    ),
]


@pytest.mark.parametrize(("timetable", "words"), TIMETABLES, ids=[words for _, words in TIMETABLES])
def test_a_timetable_says_when_and_is_found_again(timetable: schedules.Timetable, words: str) -> None:
    assert timetable.description == words
    spec = timetable.spec()
    assert (spec.description, type(spec.description)) == (words, str)
    found = said(spec.summary, spec.description)
    assert isinstance(found, Phrase)
    assert found == words


def test_what_others_say_of_their_timetables_stays() -> None:
    own = schedules.EventsTimetable([datetime(2030, 1, 1, tzinfo=UTC)], description="The days of the fair")
    assert own.description == "The days of the fair"
    assert not isinstance(said("0 0 * * *", "At dawn (UTC)"), Phrase)
    assert not isinstance(said("The days of the fair", "The days of the fair"), Phrase)


MINUTES, HOURS, DAYS = ("0", "30", "5,20", "*/15", "*", "7-9"), ("0", "9-17", "*/6", "*", "1,2,3"), ("*", "1", "1,15")


@given(
    st.builds(
        lambda *fields: " ".join(fields),
        st.sampled_from(MINUTES), st.sampled_from(HOURS), st.sampled_from(DAYS),
        st.sampled_from(("*", "1", "*/3", "JAN-MAR")), st.sampled_from(("*", "1-5", "SUN", "0,6")),
    )
)  # fmt: skip
def test_the_times_that_are_said_are_those_of_the_cron(cron: str) -> None:
    told = of_crons([cron], "UTC")
    if not told.startswith("At ") or ":" not in told.split(" ")[1]:
        return
    first = next(croniter(cron, datetime(2029, 12, 31, 23, 59, tzinfo=UTC)).all_next(datetime))
    assert f"{first:%H:%M}" == told.split(" ")[1].rstrip(",")
