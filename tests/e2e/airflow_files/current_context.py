#: current_context:
#:   tasks: {direct: success, deep: success, other_thread: success}
#:   xcoms:
#:     direct: {return_value: ["2024-03-05", direct]}
#:     deep: {return_value: deep}
#:   logs:
#:     other_thread: ["no context"]
from datetime import datetime
from threading import Thread

from airflow import DAG
from airflow.decorators import task
from airflow.operators.python import PythonOperator, get_current_context


def helper():
    return get_current_context()["ti"].task_id


with DAG("current_context", start_date=datetime(2023, 1, 1), schedule_interval=None) as dag:

    @task
    def direct():
        context = get_current_context()
        return [context["ds"], context["task"].task_id]

    def in_thread():
        found = []

        def work():
            try:
                found.append(get_current_context())
            except Exception:
                print("no context")

        thread = Thread(target=work)
        thread.start()
        thread.join()

    direct()
    PythonOperator(task_id="deep", python_callable=lambda: helper())
    PythonOperator(task_id="other_thread", python_callable=in_thread)
