#: dynamic_north:
#:   tasks: {load_a: success, load_b: success}
#:   xcoms: {load_a: {return_value: "north/a"}}
#: dynamic_south:
#:   tasks: {load_c: success}
#:   xcoms: {load_c: {return_value: "south/c"}}
#: dynamic_json_users:
#:   tasks: {sync: success}
#:   xcoms: {sync: {return_value: [users, 10]}}
#: dynamic_json_orders:
#:   tasks: {sync: success}
#:   xcoms: {sync: {return_value: [orders, 20]}}
"""One DAG per entry of a dict, and one per entry of a JSON file."""
import json
from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.operators.python import PythonOperator

REGIONS = {"north": ["a", "b"], "south": ["c"]}


def create_dag(region, tables):
    dag = DAG(f"dynamic_{region}", start_date=datetime(2023, 1, 1), schedule_interval="@hourly", catchup=False)
    with dag:
        for table in tables:
            PythonOperator(
                task_id=f"load_{table}",
                python_callable=lambda table=table: f"{region}/{table}",
            )
    return dag


for region, tables in REGIONS.items():
    globals()[f"dag_{region}"] = create_dag(region, tables)

for entry in json.loads((Path(__file__).parent / "config" / "syncs.json").read_text()):
    dag_id = f"dynamic_json_{entry['table']}"
    with DAG(dag_id, start_date=datetime(2023, 1, 1), schedule=entry["schedule"], catchup=False) as generated:
        PythonOperator(
            task_id="sync",
            python_callable=lambda table, size: [table, size],
            op_kwargs={"table": entry["table"], "size": entry["size"]},
        )
    globals()[dag_id] = generated
