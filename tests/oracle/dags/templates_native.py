"""render_template_as_native_obj: templates give Python values, for the DAG or for one task."""
#: dags: [templates_native, templates_native_one]

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, task


def show(*given):
    return [[type(one).__name__, one if not isinstance(one, tuple) else list(one)] for one in given]


GIVEN = ["{{ [1, 2] }}", "{{ 3 }}", "{{ {'a': none} }}", "{{ ds }}", "{{ 1 }}{{ 2 }}", "plain", "{{ true }}", "0012"]

with DAG("templates_native", schedule=None, render_template_as_native_obj=True):
    PythonOperator(task_id="show", python_callable=show, op_args=GIVEN)

    @task
    def numbers():
        return {"n": [1, 2]}

    pulled = PythonOperator(task_id="pulled", python_callable=show, op_args=["{{ ti.xcom_pull('numbers')['n'] }}"])
    numbers() >> pulled

with DAG("templates_native_one", schedule=None):
    PythonOperator(task_id="text", python_callable=show, op_args=GIVEN)
