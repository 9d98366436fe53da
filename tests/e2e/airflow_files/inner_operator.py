#: inner_operator:
#:   tasks: {outer: success, hook_in_callable: success}
#:   xcoms:
#:     outer: {return_value: "inner ran on 2024-03-05"}
#:     hook_in_callable: {return_value: "shop.example.com:8443 -> q"}
# An operator that is executed inside of a Python task.
from datetime import datetime

from airflow.models import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
from common.hooks import ShopHook


def outer(**context):
    operator = BashOperator(task_id="inner", bash_command=f"echo inner ran on {context['ds']}")
    return operator.execute(context=context)


with DAG("inner_operator", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="outer", python_callable=outer)
    PythonOperator(task_id="hook_in_callable", python_callable=lambda: ShopHook("shop_default").fetch("q"))
