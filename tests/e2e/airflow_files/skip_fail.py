#: skip_fail:
#:   state: failed
#:   tasks: {skips: skipped, below: skipped, assertion: failed, exits: failed, exits_well: success, fails: failed}
#:   logs:
#:     skips: ["no file for 2024-03-05"]
#:     assertion: ["AssertionError: 3 rows expected", "assert count == 3"]
#:     exits: ["SystemExit"]
import sys
from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.exceptions import AirflowException, AirflowSkipException
from airflow.operators.empty import EmptyOperator

with DAG("skip_fail", start_date=datetime(2023, 1, 1), schedule=None) as dag:

    @task
    def skips(ds=None):
        raise AirflowSkipException(f"no file for {ds}")

    @task
    def assertion():
        count = 2
        assert count == 3, "3 rows expected"

    @task
    def exits():
        sys.exit(2)

    @task
    def exits_well():
        sys.exit(0)

    @task
    def fails():
        try:
            {}["key"]
        except KeyError as error:
            raise AirflowException("wrapped") from error

    skips() >> EmptyOperator(task_id="below")
    assertion()
    exits()
    exits_well()
    fails()
