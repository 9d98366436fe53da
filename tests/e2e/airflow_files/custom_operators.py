#: custom_operators:
#:   tasks: {copy: success, copy_file: success, wait: success, wait_too: success}
#:   xcoms:
#:     copy: {return_value: "<shop.example.com:8443 -> select '2024-03-05'>{'day': '20240305', 'deep': ['2024-03-05']}"}
#:     copy_file: {return_value: "<shop.example.com:8443 -> SELECT * FROM orders WHERE day = '2024-03-05' -- copy_file>{}"}
#:     wait: {return_value: 2}
#:   logs:
#:     copy: ["before copy", "connecting to shop.example.com", "quoting shop.example.com", "after: <shop"]
#:     wait: ["poke 1 of 2", "poke 2 of 2"]
from datetime import datetime

from airflow import DAG
from common.operators import CountSensor, InMemorySensor, ShopToLakeOperator

with DAG("custom_operators", start_date=datetime(2023, 1, 1), schedule_interval=None) as dag:
    copy = ShopToLakeOperator(
        task_id="copy",
        query="select '{{ ds }}'",
        options={"day": "{{ ds_nodash }}", "deep": ["{{ ds }}"]},
    )
    copy_file = ShopToLakeOperator(task_id="copy_file", query="sql/orders.sql")
    wait = CountSensor(task_id="wait", wanted="{{ 1 + 1 }}", poke_interval=0.1, timeout=30)
    wait_too = InMemorySensor(task_id="wait_too", wanted=1, mode="poke")
    wait >> wait_too >> copy >> copy_file
