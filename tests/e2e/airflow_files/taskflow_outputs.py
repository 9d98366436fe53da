#: taskflow_outputs:
#:   tasks: {get_order: success, summarize: success, stats: success, show: success, named: success}
#:   xcoms:
#:     get_order: {return_value: {"id": 7, "lines": [1, 2, 3]}}
#:     stats: {return_value: {total: 6, mean: 2.0}, total: 6, mean: 2.0}
#:     show: {return_value: "6 / 2.0"}
#:     named: {a: 1, b: [2]}
from typing import Any, Dict, List

import pendulum
from airflow.decorators import dag, task


@dag(schedule=None, start_date=pendulum.datetime(2023, 1, 1, tz="UTC"), catchup=False, tags=["taskflow"])
def taskflow_outputs():
    """TaskFlow with several outputs."""

    @task
    def get_order():
        return {"id": 7, "lines": [1, 2, 3]}

    @task()
    def summarize(order) -> List[int]:
        return order["lines"]

    @task
    def stats(lines: list) -> Dict[str, Any]:
        return {"total": sum(lines), "mean": sum(lines) / len(lines)}

    @task
    def show(total: int, mean: float):
        text = f"{total} / {mean}"
        print(text)
        return text

    @task(task_id="named", multiple_outputs=True)
    def two_values():
        return {"a": 1, "b": [2]}

    found = stats(summarize(get_order()))
    show(found["total"], mean=found["mean"]) >> two_values()


taskflow_outputs()
