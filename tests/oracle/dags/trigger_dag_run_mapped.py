"""A mapped TriggerDagRunOperator makes a run per conf."""
#: dags: [trigger_dag_run_mapped, trigger_dag_run_mapped_target]
#: drive:
#: - trigger: {dag: trigger_dag_run_mapped}
#: - wait: {trigger_dag_run_mapped_target: 2}
#: dates: false

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import DAG, task

with DAG("trigger_dag_run_mapped", schedule=None):
    TriggerDagRunOperator.partial(task_id="go", trigger_dag_id="trigger_dag_run_mapped_target").expand_kwargs(
        [{"conf": {"n": n}, "trigger_run_id": f"part_{n}"} for n in (1, 2)]
    )

with DAG("trigger_dag_run_mapped_target", schedule=None):

    @task
    def show(dag_run=None):
        return dag_run.conf["n"]

    show()
