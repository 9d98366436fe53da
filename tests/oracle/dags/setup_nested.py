"""Setups within setups: the inner pair is torn down before the outer one though the work failed."""

from airflow.sdk import DAG, task

with DAG("setup_nested", schedule=None):

    @task
    def step(name, fail=False):
        if fail:
            raise ValueError(name)
        return name

    def named(name, fail=False):
        return step.override(task_id=name)(name, fail)

    outer_up, inner_up = named("outer_up").as_setup(), named("inner_up").as_setup()
    inner_down = named("inner_down").as_teardown(setups=inner_up)
    outer_down = named("outer_down").as_teardown(setups=outer_up)
    outer_up >> inner_up >> named("work", fail=True) >> inner_down >> outer_down
