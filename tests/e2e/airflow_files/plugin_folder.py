#: plugin_folder:
#:   tasks: {greet: success}
#:   xcoms: {greet: {return_value: "Hello 2024-03-05"}}
# Operators of the plugins folder are imported by their module, as in Airflow.
from datetime import datetime

from airflow import DAG
from shop_plugin.operators import GreetOperator

with DAG("plugin_folder", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    GreetOperator(task_id="greet", name="{{ ds }}")
