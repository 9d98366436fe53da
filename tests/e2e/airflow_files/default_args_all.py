#: default_args_all:
#:   tasks: {one: success, two: success, own: success}
#:   xcoms:
#:     one: {return_value: [team-a, 3, 2.0, 600.0, 7, absolute, 1, default_pool]}
#:     own: {return_value: [team-b, 0, 2.0, null, 7, absolute, 1, default_pool]}
#:   logs:
#:     one: ["finished one"]
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.utils.trigger_rule import TriggerRule
from airflow.utils.weight_rule import WeightRule


def finished(context):
    print("finished", context["task_instance"].task_id)


default_args = {
    "owner": "team-a",
    "depends_on_past": True,
    "wait_for_downstream": True,
    "email": ["ops@example.com", "dev@example.com"],
    "email_on_failure": False,
    "email_on_retry": False,
    "retries": 3,
    "retry_delay": timedelta(seconds=2),
    "retry_exponential_backoff": False,
    "max_retry_delay": timedelta(minutes=1),
    "start_date": datetime(2023, 6, 1),
    "end_date": datetime(2030, 1, 1),
    "execution_timeout": timedelta(minutes=10),
    "priority_weight": 7,
    "weight_rule": WeightRule.ABSOLUTE,
    "trigger_rule": TriggerRule.ALL_SUCCESS,
    "pool": "default_pool",
    "pool_slots": 1,
    "queue": "default",
    "do_xcom_push": True,
    "on_success_callback": finished,
    "sla": timedelta(hours=2),
    "provide_context": True,
    "op_kwargs": {"greeting": "from default_args"},
}


def tell(task, greeting):
    assert greeting == "from default_args"
    limit = task.execution_timeout
    return [
        task.owner,
        task.retries,
        task.retry_delay.total_seconds(),
        limit and limit.total_seconds(),
        task.priority_weight,
        str(task.weight_rule),
        task.pool_slots,
        task.pool,
    ]


with DAG("default_args_all", default_args=default_args, schedule_interval="@weekly", catchup=False) as dag:
    one = PythonOperator(task_id="one", python_callable=tell)
    two = PythonOperator(task_id="two", python_callable=tell, trigger_rule="all_done")
    own = PythonOperator(task_id="own", python_callable=tell, owner="team-b", retries=0, execution_timeout=None)
    one >> two >> own
