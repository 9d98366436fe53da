#: plugin_folder:
#:   tasks: {greet: success, quarter: success}
#:   xcoms:
#:     greet: {return_value: "Hello 2024-03-05"}
#:     quarter: {return_value: "2024-Q1", _link_RunbookLink: "https://runbooks.example.com/plugin_folder/quarter"}
# Operators of the plugins folder are imported by their module, as in Airflow.
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from shop_plugin.operators import GreetOperator

with DAG("plugin_folder", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    GreetOperator(task_id="greet", name="{{ ds }}")
    BashOperator(task_id="quarter", bash_command="echo {{ macros.shop.quarter(ds) }}")
