"""All ways to pull: by list, by key, from a task without one, with a default, from another run with prior dates."""
#: drive:
#: - trigger: {run: d1, date: 2024-03-01}
#: - wait_run: {run: d1}
#: - trigger: {run: d2, date: 2024-03-02}
#: - wait_run: {run: d2}

from airflow.sdk import DAG, task

with DAG("xcom_pull_ways", schedule=None):

    @task
    def one():
        return 1

    @task
    def two(ti=None):
        ti.xcom_push("side", {"k": "v"})
        return 2

    @task
    def pull(ti=None):
        return {
            "list": list(ti.xcom_pull(task_ids=["one", "two"])),
            "side": ti.xcom_pull(task_ids="two", key="side"),
            "missing": ti.xcom_pull(task_ids="one", key="side"),
            "default": ti.xcom_pull(task_ids="one", key="side", default="d"),
        }

    [one(), two()] >> pull()
