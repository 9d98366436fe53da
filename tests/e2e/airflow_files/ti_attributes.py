#: ti_attributes:
#:   tasks: {attributes: success, neighbours: success, run: success, prior: success}
#:   xcoms:
#:     neighbours: {return_value: ["2024-03-05", "2024-03-05", "20240305", "2024-03-05T00:00:00+00:00"]}
#:     prior: {return_value: [null, null]}
import os
from datetime import datetime

import pendulum
from airflow import DAG
from airflow.models import DagRun, TaskInstance
from airflow.operators.python import PythonOperator


def attributes(ti: TaskInstance, run_id, dag):
    assert ti.dag_id == dag.dag_id == "ti_attributes"
    assert ti.run_id == run_id
    assert ti.map_index == -1 and ti.try_number == 1 and ti.max_tries == 0
    assert ti.execution_date == pendulum.datetime(2024, 3, 5)
    assert isinstance(ti.start_date, pendulum.DateTime) and ti.end_date is None
    assert ti.operator == "PythonOperator" and ti.queue == "default" and ti.pool == "default_pool"
    assert ti.key.primary == ("ti_attributes", "attributes", run_id, -1)
    assert ti.hostname and ti.pid == os.getpid()
    assert "ti_attributes" in ti.log_url and "dag" in ti.mark_success_url
    ti.log.info("logged by the task instance")
    assert ti.task.task_id == "attributes"
    assert ti.get_template_context()["ti"] is ti
    assert ti.get_previous_ti() is None


def neighbours(prev_ds, next_ds, prev_ds_nodash, prev_execution_date, execution_date):
    assert execution_date == prev_execution_date  # of a manual run, as Airflow has it
    assert execution_date.subtract(days=1).day == 4
    assert execution_date.format("YYYY/MM/DD") == "2024/03/05"
    return [prev_ds, next_ds, prev_ds_nodash, prev_execution_date.isoformat()]


def run(dag_run: DagRun, ti, params, conf, var, macros, test_mode, inlets, outlets):
    assert dag_run.conf == {} and dag_run.external_trigger and dag_run.run_type == "manual"
    assert ti.get_dagrun().run_id == dag_run.run_id
    assert dag_run.execution_date == dag_run.logical_date
    assert dag_run.start_date is not None and dag_run.end_date is None
    assert dag_run.get_state() == "running"
    assert {one.task_id for one in dag_run.get_task_instances()} == {"attributes", "neighbours", "run", "prior"}
    assert test_mode is False and conf.get("core", "executor")


def prior(ti):
    return [
        ti.xcom_pull(task_ids="prior", include_prior_dates=True),
        ti.xcom_pull(dag_id="no_such_dag", task_ids="x", key="y", include_prior_dates=True),
    ]


with DAG("ti_attributes", start_date=datetime(2023, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    for function in (attributes, neighbours, run, prior):
        PythonOperator(task_id=function.__name__, python_callable=function)
