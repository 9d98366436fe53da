"""One failed instance is cleared: it alone runs again, and what waited for it as well."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - clear: {run: one, tasks: [work], only_failed: true, include_downstream: true}
#: - wait

from airflow.sdk import DAG, task

with DAG("mapping_clear_one", schedule=None):

    @task
    def work(n, ti=None):
        if n == 2 and ti.try_number == 1:
            raise ValueError("once")
        return [n, ti.try_number]

    @task
    def collect(values):
        return list(values)

    collect(work.expand(n=[1, 2, 3]))
