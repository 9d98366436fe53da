"""Values of every plain shape travel between tasks, by return, by key, as several outputs and by index."""

from airflow.sdk import DAG, task

with DAG("xcom_shapes", schedule=None):

    @task
    def shapes():
        return {"text": "grün", "list": [1, 2.5, None, True], "nested": {"a": {"b": []}}, "empty": {}}

    @task(multiple_outputs=True)
    def several():
        return {"rows": 7, "path": "/data/x"}

    @task
    def tuple_of_two() -> tuple[int, str]:
        return 1, "one"

    @task
    def nothing():
        return None

    @task
    def push(ti=None):
        ti.xcom_push(key="own", value=[1, 2])
        ti.xcom_push(key="own", value=[3])

    @task
    def read(given, rows, path, pair, none, ti=None):
        own = ti.xcom_pull(task_ids="push", key="own")
        many = ti.xcom_pull(task_ids=["shapes", "nothing", "push"])
        return {
            "given": given,
            "rows": rows,
            "path": path,
            "pair": list(pair),
            "none": none,
            "own": own,
            "n": len(many),
        }

    out = several()
    pushed = push()
    pushed >> read(shapes(), out["rows"], out["path"], tuple_of_two(), nothing())
