"""pre_execute and post_execute run around execute, with the result; a failing pre_execute fails the task."""

from _trace import leave
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG


def before(context):
    leave("hooks_pre_post", f"before {context['ti'].task_id}")


def broken(context):
    leave("hooks_pre_post", "broken")
    raise ValueError("not ready")


def after(context, result):
    leave("hooks_pre_post", f"after {context['ti'].task_id} {result}")


with DAG("hooks_pre_post", schedule=None):
    good = PythonOperator(task_id="good", python_callable=lambda: 5, pre_execute=before, post_execute=after)
    good >> PythonOperator(task_id="bad", python_callable=lambda: 6, pre_execute=broken, post_execute=after)
