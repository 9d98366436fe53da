#: large_xcoms:
#:   tasks: {rows: success, raw: success, many: success, total: success}
#:   xcoms:
#:     total: {return_value: [4999950000, 300000, 100000, "2024-03-05", 7]}
#:     many: {small: 7}
from datetime import date, datetime

from airflow.decorators import dag, task


@dag(start_date=datetime(2023, 1, 1), schedule=None)
def large_xcoms():

    @task
    def rows():
        return list(range(100_000))

    @task
    def raw():
        return b"\x00\x01\x02" * 100_000

    @task(multiple_outputs=True)
    def many(ti):
        ti.xcom_push("pushed", {"day": date(2024, 3, 5), "rows": ["x" * 100] * 1_000})
        return {"big": "y" * 100_000, "small": 7}

    @task
    def total(numbers, data, outputs, ti):
        pushed = ti.xcom_pull(task_ids="many", key="pushed")
        return [sum(numbers), len(data), len(outputs["big"]), pushed["day"].isoformat(), outputs["small"]]

    total(rows(), raw(), many())


large_xcoms()
