#: short_circuit:
#:   tasks: {go: success, went: success, stop: success, s1: skipped, s2: skipped, s_always: skipped,
#:           soft_stop: success, t1: skipped, t_done: success}
#:   xcoms:
#:     go: {return_value: 3}
#:     stop: {return_value: false}
from datetime import datetime

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator, ShortCircuitOperator

with DAG("short_circuit", start_date=datetime(2023, 1, 1), schedule_interval=None) as dag:
    ShortCircuitOperator(task_id="go", python_callable=lambda: 3) >> PythonOperator(
        task_id="went", python_callable=print
    )

    stop = ShortCircuitOperator(task_id="stop", python_callable=lambda ds, **_: ds == "1999-01-01")
    stop >> EmptyOperator(task_id="s1") >> PythonOperator(task_id="s2", python_callable=print) >> EmptyOperator(
        task_id="s_always", trigger_rule="all_done"
    )

    soft_stop = ShortCircuitOperator(
        task_id="soft_stop", python_callable=lambda: [], ignore_downstream_trigger_rules=False
    )
    soft_stop >> EmptyOperator(task_id="t1") >> EmptyOperator(task_id="t_done", trigger_rule="all_done")
