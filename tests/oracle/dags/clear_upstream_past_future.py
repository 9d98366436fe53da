"""Clearing with upstream and past reaches the earlier run, and leaves the later one."""
#: drive:
#: - trigger: {run: d1, date: 2024-03-01}
#: - trigger: {run: d2, date: 2024-03-02}
#: - trigger: {run: d3, date: 2024-03-03}
#: - wait: {clear_upstream_past_future: 3}
#: - clear: {run: d2, tasks: [use], include_upstream: true, include_past: true}
#: - wait

from airflow.sdk import DAG, task

with DAG("clear_upstream_past_future", schedule=None):

    @task
    def load(ti=None):
        return ti.try_number

    @task
    def use(given, ti=None):
        return [given, ti.try_number]

    @task
    def beside(ti=None):
        return ti.try_number

    use(load())
    beside()
