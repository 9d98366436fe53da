"""Clearing what is downstream goes on behind an ExternalTaskMarker, in the other DAG, and from there in a third one."""
#: dags: [external_task_marker, external_task_marker_second, external_task_marker_third]
#: drive:
#: - trigger: {dag: external_task_marker}
#: - trigger: {dag: external_task_marker_second}
#: - trigger: {dag: external_task_marker_third}
#: - wait: {external_task_marker: 1, external_task_marker_second: 1, external_task_marker_third: 1}
#: - clear: {dag: external_task_marker, run: run, tasks: [load], include_downstream: true}
#: - wait: {external_task_marker: 1, external_task_marker_second: 1, external_task_marker_third: 1}

from airflow.providers.standard.sensors.external_task import ExternalTaskMarker
from airflow.sdk import DAG, task


@task
def load():
    pass


@task
def wait():
    pass


@task
def work():
    pass


with DAG("external_task_marker", schedule=None):
    load() >> ExternalTaskMarker(task_id="mark", external_dag_id="external_task_marker_second", external_task_id="wait")

with DAG("external_task_marker_second", schedule=None):
    (
        load()
        >> wait()
        >> work()
        >> ExternalTaskMarker(task_id="mark", external_dag_id="external_task_marker_third", external_task_id="wait")
    )

with DAG("external_task_marker_third", schedule=None):
    load() >> wait() >> work()
