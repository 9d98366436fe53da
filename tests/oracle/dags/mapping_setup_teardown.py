"""A mapped setup with a mapped teardown around mapped work, in a mapped group."""

from airflow.sdk import DAG, setup, task, task_group, teardown

with DAG("mapping_setup_teardown", schedule=None):

    @setup
    def up(n):
        return f"up {n}"

    @task
    def work(n):
        if n == 1:
            raise ValueError("one")
        return n

    @teardown
    def down(n):
        return f"down {n}"

    @task_group
    def stage(n):
        made = up(n)
        made >> work(n) >> down(n).as_teardown(setups=made)

    stage.expand(n=[1, 2])
