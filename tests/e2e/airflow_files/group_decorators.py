#: group_decorators:
#:   tasks:
#:     get: success
#:     process.clean: success
#:     process.store: success
#:     process__1.clean: success
#:     process__1.store: success
#:     outer.inner.leaf: success
#:     final: success
#:   xcoms:
#:     process.store: {return_value: "stored [1, 2]"}
#:     process__1.store: {return_value: "stored [3]"}
#:     final: {return_value: ["stored [1, 2]", "stored [3]"]}
from datetime import datetime

from airflow.decorators import dag, task, task_group


@task_group(default_args={"owner": "group"})
def process(rows):
    """Cleans and stores."""

    @task
    def clean(values):
        return sorted(set(values))

    @task
    def store(values, task=None):
        assert task.owner == "group"
        return f"stored {values}"

    return store(clean(rows))


@dag(start_date=datetime(2023, 1, 1), schedule=None, catchup=False)
def group_decorators():
    @task(multiple_outputs=True)
    def get():
        return {"first": [2, 1, 1], "second": [3]}

    @task
    def final(results):
        return results

    @task_group
    def outer():
        @task_group
        def inner():
            @task
            def leaf():
                return 1

            leaf()

        inner()

    rows = get()
    rows >> outer()
    final([process(rows["first"]), process(rows["second"])])


group_decorators()
