"""A sensor that pokes until its condition holds is one try, and may return a value."""
#: drive:
#: - trigger: {run: one}

import os
import tempfile

from airflow.sdk import DAG, PokeReturnValue, task

with DAG("sensor_poke", schedule=None):

    @task.sensor(poke_interval=0.2, timeout=30, mode="poke")
    def third_time(run_id=None, ti=None):
        path = os.path.join(tempfile.gettempdir(), f"oracle_{os.getpid()}_{ti.dag_id}")
        with open(path, "a") as file:
            file.write("x")
        done = os.path.getsize(path) >= 3
        if done:
            os.remove(path)
        return PokeReturnValue(is_done=done, xcom_value={"poked": True})

    @task
    def use(value, ti=None):
        return [value, ti.try_number]

    use(third_time())
