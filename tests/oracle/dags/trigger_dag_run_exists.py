"""A run id that exists already: the operator fails, is skipped, or clears the old run."""
#: dags: [trigger_dag_run_exists, trigger_dag_run_exists_target]
#: drive:
#: - trigger: {dag: trigger_dag_run_exists_target, run: taken}
#: - wait: {trigger_dag_run_exists_target: 1}
#: - trigger: {dag: trigger_dag_run_exists}
#: - wait

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, task

with DAG("trigger_dag_run_exists", schedule=None):
    common = {"trigger_dag_id": "trigger_dag_run_exists_target", "trigger_run_id": "taken"}
    fails = TriggerDagRunOperator(task_id="fails", **common)
    skips = TriggerDagRunOperator(task_id="skips", skip_when_already_exists=True, **common)
    resets = TriggerDagRunOperator(
        task_id="resets",
        reset_dag_run=True,
        wait_for_completion=True,
        poke_interval=1,
        trigger_rule="all_done",
        **common,
    )
    [fails, skips] >> resets

with DAG("trigger_dag_run_exists_target", schedule=None):

    @task
    def count(ti=None):
        return ti.try_number

    count()
