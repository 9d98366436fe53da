"""TriggerDagRunOperator: conf and run id reach the other DAG; without waiting it is done at once."""
#: dags: [trigger_dag_run, trigger_dag_run_target]
#: drive:
#: - trigger: {dag: trigger_dag_run}
#: - wait: {trigger_dag_run_target: 1}
#: dates: logical

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, task

with DAG("trigger_dag_run", schedule=None):
    TriggerDagRunOperator(
        task_id="go",
        trigger_dag_id="trigger_dag_run_target",
        trigger_run_id="by_{{ dag.dag_id }}",
        logical_date="{{ logical_date }}",
        conf={"day": "{{ ds }}", "nested": {"n": 1}},
    )

with DAG("trigger_dag_run_target", schedule=None):

    @task
    def show(dag_run=None):
        return dag_run.conf

    show()
