#: environment:
#:   tasks: {folders: success, in_bash: success, settings: success}
#:   xcoms:
#:     folders: {return_value: [true, true, true, true]}
#:     in_bash: {return_value: "found"}
#:     settings: {return_value: [true, 32, false]}
import os
from datetime import datetime

from airflow import DAG, settings
from airflow.configuration import conf
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

AIRFLOW_HOME = os.environ.get("AIRFLOW_HOME", "nowhere")
DAGS = conf.get("core", "dags_folder")
SQL = os.path.join(DAGS, "sql", "orders.sql")
with open(SQL) as file:  # at the top of the file, as many do
    QUERY = file.read()


def folders():
    return [
        os.path.isdir(AIRFLOW_HOME) and os.environ["AIRFLOW_HOME"] == AIRFLOW_HOME,
        os.path.samefile(conf.get("core", "dags_folder"), os.path.dirname(__file__)),
        os.path.samefile(settings.DAGS_FOLDER, DAGS),
        "{{ ds }}" in QUERY,
    ]


with DAG("environment", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    PythonOperator(task_id="folders", python_callable=folders)
    BashOperator(task_id="in_bash", bash_command=f"test -f {DAGS}/sql/orders.sql && test -d $AIRFLOW_HOME && echo found")
    PythonOperator(
        task_id="settings",
        python_callable=lambda: [
            conf.get("smtp", "smtp_host") == "127.0.0.1",
            conf.getint("core", "parallelism"),
            conf.getboolean("core", "load_examples"),
        ],
    )
