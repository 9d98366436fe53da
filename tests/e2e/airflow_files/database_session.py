#: database_session:
#:   state: failed
#:   tasks: {given: success, asked: failed, opened: failed}
#:   logs:
#:     asked: ["cleanup() needs a session of the metadata database", "REST API"]
#:     opened: ["create_session() needs a session of the metadata database"]
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.utils.session import NEW_SESSION, create_session, provide_session


@provide_session
def cleanup(session=NEW_SESSION, **context):
    return str(session)


def opened():
    with create_session() as session:
        session.execute("delete from xcom")


with DAG("database_session", start_date=datetime(2023, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    PythonOperator(task_id="given", python_callable=lambda: cleanup(session="a session of my own"))
    PythonOperator(task_id="asked", python_callable=cleanup)
    PythonOperator(task_id="opened", python_callable=opened)
