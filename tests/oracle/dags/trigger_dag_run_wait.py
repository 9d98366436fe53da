"""With wait_for_completion the operator waits, and fails when the other run fails."""
#: dags: [trigger_dag_run_wait, trigger_dag_run_wait_good, trigger_dag_run_wait_bad]
#: drive:
#: - trigger: {dag: trigger_dag_run_wait}
#: - wait: {trigger_dag_run_wait_good: 1, trigger_dag_run_wait_bad: 2}
#: dates: false

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, task

with DAG("trigger_dag_run_wait", schedule=None):
    for name, states in (("good", None), ("bad", None), ("allowed", ["success", "failed"])):
        target = f"trigger_dag_run_wait_{'good' if name == 'good' else 'bad'}"
        go = TriggerDagRunOperator(
            task_id=name,
            trigger_dag_id=target,
            trigger_run_id=f"for_{name}",
            wait_for_completion=True,
            poke_interval=1,
            **({"allowed_states": states, "failed_states": []} if states else {}),
        )
        go >> EmptyOperator(task_id=f"after_{name}")

with DAG("trigger_dag_run_wait_good", schedule=None):
    EmptyOperator(task_id="only")

with DAG("trigger_dag_run_wait_bad", schedule=None):

    @task
    def fail():
        raise ValueError("no")

    fail()
