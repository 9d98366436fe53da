"""wait_for_downstream: the next run's task also waits for what is right below the previous one."""
#: drive:
#: - trigger: {run: first, date: 2024-03-01, conf: {fail: true}}
#: - wait_run: {run: first}
#: - trigger: {run: second, date: 2024-03-02}
#: - wait_task: {run: second, task: free, state: success}
#: - clear: {run: first, tasks: [below]}
#: - wait_run: {run: first}
#: - mark_task: {run: first, task: below, state: success}
#: - wait

from airflow.sdk import DAG, task

with DAG("past_wait_downstream", schedule=None):

    @task(wait_for_downstream=True)
    def load():
        return 1

    @task
    def below(dag_run=None):
        if dag_run.conf.get("fail"):
            raise ValueError("as asked")

    @task
    def free():
        return 2

    load() >> below()
    free()
