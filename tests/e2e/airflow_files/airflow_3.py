#: airflow_3:
#:   tasks: {extract: success, load: success, shell: success, pick: success, left: skipped, right: success, close: success}
#:   xcoms:
#:     extract: {rows: 2, names: [ann, bob]}
#:     load: {return_value: "ann,bob 2024-03-05 limit 10"}
#:     shell: {return_value: "airflow_3 shell"}
import logging

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import Asset, Param, TriggerRule, Variable, chain, dag, get_current_context, task

logger = logging.getLogger(__name__)


@dag(
    schedule="@daily",
    start_date=pendulum.datetime(2024, 1, 1, tz="America/New_York"),
    catchup=False,
    tags=["sdk"],
    params={"limit": Param(10, type="integer")},
    fail_fast=False,
)
def airflow_3():
    """### Airflow 3"""

    @task(multiple_outputs=True)
    def extract():
        return {"rows": 2, "names": ["ann", "bob"]}

    @task(outlets=[Asset("lake://names")])
    def load(names: list[str]) -> str:
        context = get_current_context()
        logger.info("loading %s", names)
        assert Variable.get("no_such_key", default=None) is None
        return f"{','.join(names)} {context['ds']} limit {context['params']['limit']}"

    shell = BashOperator(task_id="shell", bash_command="echo {{ dag.dag_id }} {{ task.task_id }}")

    @task.branch
    def pick():
        return "right"

    close = PythonOperator(
        task_id="close", python_callable=lambda: None, trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS
    )
    chain(
        load(extract()["names"]),
        shell,
        pick(),
        [EmptyOperator(task_id="left"), EmptyOperator(task_id="right")],
        close,
    )


airflow_3()
