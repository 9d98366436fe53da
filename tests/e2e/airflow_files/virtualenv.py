#: other_python:
#:   tasks: {apart: success, there: success, add: success, names: success, failing: failed, after: upstream_failed,
#:           stops: skipped, pick: success, left: success, right: skipped, pick_there: success, here: skipped,
#:           elsewhere: success, asynchronous: success, classic: success, classic_there: success, context: success}
#:   state: failed
#:   xcoms:
#:     there: {return_value: [5, "2024-03-05"]}
#:     add: {return_value: 7}
#:     names: {a: 1, b: 2}
#:     asynchronous: {return_value: done}
#:     classic: {return_value: [x, 1, [one, two]]}
#:     classic_there: {return_value: "2024-03-05T00:00:00+00:00"}
#:     context: {return_value: ["2024-03-05", 3]}
#:   logs:
#:     apart: [printed in another Python]
#:     failing: ["ValueError: wrong data", "raise ValueError(\"wrong data\")"]
#:     stops: [skipped]
import sys

import pendulum
from airflow.decorators import dag, task
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import ExternalPythonOperator, PythonVirtualenvOperator
from airflow.settings import AIRFLOW_HOME

VENVS = f"{AIRFLOW_HOME}/venvs"


def classic_call(name, number=0):
    return [name, number, virtualenv_string_args]  # noqa: F821 - what Airflow puts there


def when(logical_date, **_):
    return logical_date.isoformat()


@dag(start_date=pendulum.datetime(2023, 1, 1), schedule=None, params={"wanted": 3})
def other_python():

    @task.virtualenv(requirements=[], system_site_packages=False, venv_cache_path=VENVS)
    def apart():
        import sys

        print("printed in another Python")
        return sys.prefix != sys.base_prefix

    @task.external_python(python=sys.executable)
    def there(number, ds):
        return [number + 1, ds]

    @task.external_python(python=sys.executable)
    def add(left, right):
        return left[0] + right

    @task.external_python(python=sys.executable)
    def names() -> dict:
        return {"a": 1, "b": 2}

    @task.external_python(python=sys.executable)
    def failing():
        raise ValueError("wrong data")

    @task.external_python(python=sys.executable, skip_on_exit_code=7)
    def stops():
        raise SystemExit(7)

    @task.branch_virtualenv(requirements=None, venv_cache_path=VENVS, system_site_packages=False)
    def pick():
        return "left"

    @task.branch_external_python(python=sys.executable)
    def pick_there():
        return ["elsewhere"]

    @task.external_python(python=sys.executable)
    async def asynchronous():
        import asyncio

        await asyncio.sleep(0)
        return "done"

    @task.external_python(python=sys.executable)
    def context(params, **others):
        assert "ti" not in others
        return [others["ds"], params["wanted"]]

    apart()
    add(there(4), 2)
    names()
    failing() >> EmptyOperator(task_id="after")
    stops()
    pick() >> [EmptyOperator(task_id="left"), EmptyOperator(task_id="right")]
    pick_there() >> [EmptyOperator(task_id="here"), EmptyOperator(task_id="elsewhere")]
    asynchronous()
    context()
    PythonVirtualenvOperator(
        task_id="classic",
        python_callable=classic_call,
        op_args=["x"],
        op_kwargs={"number": 1},
        string_args=["one", "two"],
        system_site_packages=False,
        venv_cache_path=VENVS,
    )
    ExternalPythonOperator(task_id="classic_there", python=sys.executable, python_callable=when, expect_airflow=False)


other_python()
