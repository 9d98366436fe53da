"""@task.run_if and skip_if decide by the context whether a task runs."""
#: drive:
#: - trigger: {conf: {go: true}}

from airflow.sdk import DAG, task

with DAG("run_if", schedule=None):

    @task.run_if(lambda context: context["dag_run"].conf.get("go"))
    @task
    def goes():
        return "went"

    @task.run_if(lambda context: not context["dag_run"].conf.get("go"), skip_message="not asked")
    @task
    def stays():
        return "went"

    @task.skip_if(lambda context: context["dag_run"].conf.get("go"))
    @task
    def skips():
        return "went"

    @task
    def last():
        return "end"

    goes() >> last()
    stays()
    skips()
