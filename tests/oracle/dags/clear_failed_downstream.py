"""A failed task that is cleared with what is below runs again; what was upstream_failed runs, the run turns green."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - clear: {run: one, tasks: [second], include_downstream: true, only_failed: true}
#: - wait

from airflow.sdk import DAG, task

with DAG("clear_failed_downstream", schedule=None):

    @task
    def step(name, ti=None):
        if name == "second" and ti.try_number == 1:
            raise ValueError("once")
        return ti.try_number

    first, second, third = (step.override(task_id=name)(name) for name in ("first", "second", "third"))
    first >> second >> third
