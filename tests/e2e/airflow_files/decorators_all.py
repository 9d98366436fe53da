#: decorators_all:
#:   tasks: {shell: success, choose: success, left: success, right: skipped, guard: success, guarded: skipped,
#:           wait: success, add: success, add__1: success, renamed: success, use: success, classmethod_like: success}
#:   xcoms:
#:     shell: {return_value: "bash 2024-03-05 5"}
#:     add: {return_value: 3}
#:     add__1: {return_value: 30}
#:     renamed: {return_value: 7}
#:     use: {return_value: [3, 30, 7]}
#:     wait: {return_value: "ready"}
import pendulum
from airflow.decorators import dag, task
from airflow.operators.empty import EmptyOperator
from airflow.sensors.base import PokeReturnValue


@task
def add(a: int, b: int = 0) -> int:
    """Adds.

    Used several times.
    """
    return a + b


@dag(dag_id="decorators_all", schedule=None, start_date=pendulum.datetime(2023, 1, 1))
def build():
    @task.bash(env={"NUMBER": "5"})
    def shell() -> str:
        return 'echo "bash {{ ds }} $NUMBER"'

    @task.branch(task_id="choose")
    def choosing(ds=None) -> str:
        return "left" if ds else "right"

    @task.short_circuit
    def guard():
        return False

    @task.sensor(poke_interval=0.1, timeout=10, mode="reschedule")
    def wait() -> PokeReturnValue:
        return PokeReturnValue(is_done=True, xcom_value="ready")

    @task
    def use(*numbers):
        return list(numbers)

    @task(task_id="classmethod_like", retries=1, doc_md="*doc*")
    def another():
        return None

    shell()
    choosing() >> [EmptyOperator(task_id="left"), EmptyOperator(task_id="right")]
    guard() >> EmptyOperator(task_id="guarded")
    wait() >> another()
    use(add(1, 2), add(10, b=20), add.override(task_id="renamed", retries=3)(3, 4))


build()
