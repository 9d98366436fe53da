"""Timetables with code of their own, for cases of the oracle: Airflow wants them registered by a plugin."""

from datetime import timedelta

from airflow.plugins_manager import AirflowPlugin
from airflow.timetables.base import DagRunInfo, DataInterval, Timetable


class EveryNthDay(Timetable):
    """Midnight of every nth day; the interval is the days before it."""

    def __init__(self, days):
        self.days = timedelta(days=days)

    def serialize(self):
        return {"days": self.days.days}

    @classmethod
    def deserialize(cls, data):
        return cls(data["days"])

    @property
    def summary(self):
        return f"every {self.days.days} days"

    def infer_manual_data_interval(self, *, run_after):
        return DataInterval(start=run_after - self.days, end=run_after)

    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        if last_automated_data_interval is not None:
            start = last_automated_data_interval.end
        elif restriction.earliest is None:
            return None
        else:
            start = restriction.earliest
        if restriction.latest is not None and start > restriction.latest:
            return None
        return DagRunInfo.interval(start=start, end=start + self.days)


class Fixed(Timetable):
    """Given moments, each with an interval of an hour after it; no manual interval of its own."""

    def __init__(self, moments):
        self.moments = sorted(moments)

    def serialize(self):
        return {"moments": [moment.isoformat() for moment in self.moments]}

    @classmethod
    def deserialize(cls, data):
        from airflow.sdk.timezone import parse

        return cls([parse(text) for text in data["moments"]])

    def infer_manual_data_interval(self, *, run_after):
        return DataInterval.exact(run_after)

    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        for moment in self.moments:
            if last_automated_data_interval is not None and moment <= last_automated_data_interval.start:
                continue
            if restriction.earliest is not None and moment < restriction.earliest:
                continue
            if restriction.latest is not None and moment > restriction.latest:
                return None
            return DagRunInfo.interval(start=moment, end=moment + timedelta(hours=1))
        return None


class OracleTimetables(AirflowPlugin):
    name = "oracle_timetables"
    timetables = [EveryNthDay, Fixed]
