"""depends_on_past: after a failure the task of the next day waits; once it is marked success the days go on."""
#: drive:
#: - trigger: {run: first, date: 2024-03-01, conf: {fail: true}}
#: - wait_run: {run: first}
#: - trigger: {run: second, date: 2024-03-02}
#: - wait_task: {run: second, task: free, state: success}
#: - mark_task: {run: first, task: chained, state: success}
#: - trigger: {run: third, date: 2024-03-03}
#: - wait: {past_depends: 3}

from airflow.sdk import DAG, get_current_context, task

with DAG("past_depends", schedule=None):

    @task(depends_on_past=True)
    def chained():
        if get_current_context()["dag_run"].conf.get("fail"):
            raise ValueError("as asked")
        return "done"

    @task
    def free():
        return "free"

    chained()
    free()
