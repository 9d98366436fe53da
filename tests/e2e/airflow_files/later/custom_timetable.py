#: import_error: ["has code of its own, which this version of Tradewind cannot schedule", 12]
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.timetables.base import DagRunInfo, DataInterval, Timetable, TimeRestriction


class Workdays(Timetable):
    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        return None


with DAG("later_timetable", timetable=Workdays()) as dag:
    EmptyOperator(task_id="t")
