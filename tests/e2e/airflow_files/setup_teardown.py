#: setup_teardown:
#:   state: failed
#:   tasks: {create_cluster: success, query: failed, delete_cluster: success, after: upstream_failed}
#: setup_context:
#:   state: success
#:   tasks: {open_db: success, work_one: success, work_two: success, close_db: failed}
from datetime import datetime

from airflow import DAG
from airflow.decorators import setup, task, teardown
from airflow.operators.bash import BashOperator

with DAG("setup_teardown", start_date=datetime(2023, 1, 1), schedule=None):
    create = BashOperator(task_id="create_cluster", bash_command="echo created")
    query = BashOperator(task_id="query", bash_command="exit 1")
    delete = BashOperator(task_id="delete_cluster", bash_command="echo deleted")
    after = BashOperator(task_id="after", bash_command="true")
    create >> query >> delete.as_teardown(setups=create)
    query >> after

with DAG("setup_context", start_date=datetime(2023, 1, 1), schedule=None):

    @setup
    def open_db():
        return "handle"

    @task
    def work_one(handle):
        assert handle == "handle"

    @task
    def work_two():
        pass

    @teardown
    def close_db():
        raise RuntimeError("a teardown that fails does not fail the run")

    handle = open_db()
    with close_db().as_teardown(setups=handle):
        work_one(handle) >> work_two()
