"""Name and gender, second version: one task, but a repeatable one.

Better than the naive version in docs/tutorial/name-gender.md: the old rows are deleted and the new ones inserted in one
transaction, the header and blank lines are handled, and values are bound as parameters, never pasted into SQL.
What it still lacks, the third version (name_gender.py) adds.
"""

import csv
import io
from datetime import datetime, timedelta
from urllib.request import urlopen

from airflow import DAG
from airflow.models import Variable
from airflow.operators.python import PythonOperator

from tradewind import SqlHook


def etl():
    with urlopen(Variable.get("name_gender_url"), timeout=30) as response:
        text = response.read().decode("utf-8")
    reader = csv.reader(io.StringIO(text))
    next(reader)  # the header
    rows = {}
    for line in reader:
        if len(line) == 2 and line[0].strip() and line[1].strip():
            rows.setdefault(line[0].strip(), line[1].strip())
    with SqlHook("warehouse").transaction() as tx:
        tx.execute("CREATE TABLE IF NOT EXISTS name_gender_v2 (name VARCHAR(64) NOT NULL, gender VARCHAR(8) NOT NULL)")
        tx.execute("DELETE FROM name_gender_v2")
        tx.executemany("INSERT INTO name_gender_v2 (name, gender) VALUES (?, ?)", list(rows.items()))
    print(f"loaded {len(rows)} rows")


dag = DAG(
    dag_id="name_gender_v2",
    start_date=datetime(2022, 5, 5),
    schedule_interval="0 2 * * *",
    catchup=False,
    max_active_runs=1,
    tags=["example", "full refresh"],
    default_args={"owner": "data", "retries": 1, "retry_delay": timedelta(minutes=3)},
)

etl_task = PythonOperator(task_id="etl", python_callable=etl, dag=dag)
