#: callbacks:
#:   state: failed
#:   tasks: {good: success, flaky: success, bad: failed, after: upstream_failed}
#:   tries: {flaky: 2}
#:   logs:
#:     good: ["execute good", "success good callbacks__good__20240305"]
#:     bad: ["first failure handler: bad ValueError('no such table')", "second failure handler"]
#:   first_logs:
#:     flaky: ["retry flaky try 1: RuntimeError"]
#:   variables:
#:     callbacks_dag: "callbacks failed, failed: bad"
#: callbacks_ok:
#:   tasks: {only: success}
#:   variables:
#:     callbacks_ok_dag: "callbacks_ok 2024-03-05"
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import Variable
from airflow.operators.python import PythonOperator


def on_execute(context):
    print("execute", context["ti"].task_id)


def on_success(context):
    print("success", context["ti"].task_id, context["task_instance_key_str"])


def on_failure(context):
    ti = context["ti"]
    print(f"first failure handler: {ti.task_id} {context['exception']!r}")


def also_on_failure(context):
    print("second failure handler", context.get("reason"))


def on_retry(context):
    print(f"retry {context['ti'].task_id} try {context['ti'].try_number}: {type(context['exception']).__name__}")


def failed_tasks(dag_run):
    return [f"{ti.state}: {ti.task_id}" for ti in dag_run.get_task_instances(state="failed")]


def dag_failed(context):
    Variable.set("callbacks_dag", f"{context['dag'].dag_id} failed, {', '.join(failed_tasks(context['dag_run']))}")


def dag_done(context):
    Variable.set("callbacks_ok_dag", f"{context['dag_run'].dag_id} {context['ds']}")


def fail_once(ti):
    if ti.try_number == 1:
        raise RuntimeError("not yet")


def fail():
    raise ValueError("no such table")


with DAG(
    "callbacks",
    start_date=datetime(2023, 1, 1),
    schedule=None,
    on_failure_callback=dag_failed,
    default_args={"on_execute_callback": on_execute, "on_success_callback": on_success},
):
    PythonOperator(task_id="good", python_callable=print)
    PythonOperator(
        task_id="flaky",
        python_callable=fail_once,
        retries=2,
        retry_delay=timedelta(seconds=0.2),
        on_retry_callback=on_retry,
    )
    PythonOperator(
        task_id="bad", python_callable=fail, on_failure_callback=[on_failure, also_on_failure]
    ) >> PythonOperator(task_id="after", python_callable=print)

with DAG("callbacks_ok", start_date=datetime(2023, 1, 1), schedule=None, on_success_callback=[dag_done]):
    PythonOperator(task_id="only", python_callable=print)
