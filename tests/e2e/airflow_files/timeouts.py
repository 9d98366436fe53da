#: timeouts:
#:   tasks: {python: failed, bash: failed, quick: success, cleanup: success}
#:   logs:
#:     python: ["AirflowTaskTimeout", "caught nothing"]
#:     bash: ["AirflowTaskTimeout"]
import time
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def slow():
    try:
        time.sleep(60)
    except Exception:  # a timeout is no Exception
        print("swallowed")
    finally:
        print("caught nothing")


with DAG("timeouts", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    python = PythonOperator(task_id="python", python_callable=slow, execution_timeout=timedelta(seconds=0.5))
    bash = BashOperator(task_id="bash", bash_command="sleep 60", execution_timeout=timedelta(seconds=1))
    PythonOperator(task_id="quick", python_callable=print, execution_timeout=timedelta(minutes=1))
    [python, bash] >> BashOperator(task_id="cleanup", bash_command="true", trigger_rule="all_failed")
