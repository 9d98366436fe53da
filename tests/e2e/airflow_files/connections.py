#: connections_everywhere:
#:   tasks: {template: success, hook: success, env_conn: success, unknown: failed}
#:   state: failed
#:   xcoms:
#:     template: {return_value: "db.example.com 5433 reader shop require"}
#:     hook: {return_value: ["postgres", "db.example.com", {"sslmode": "require"}, "reader@db.example.com:5433/shop"]}
#:     env_conn: {return_value: ["http", "api.example.com", "***"]}
#:   logs:
#:     unknown: ["no_such_connection", "AIRFLOW_CONN_NO_SUCH_CONNECTION"]
#:   hidden: {hook: "s3cret-pw"}
from datetime import datetime

from airflow import DAG
from airflow.hooks.base import BaseHook
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def use_hook():
    conn = BaseHook.get_connection("shop_db")
    print("password is", conn.password)
    return [
        conn.conn_type,
        conn.host,
        conn.extra_dejson,
        f"{conn.login}@{conn.host}:{conn.port}/{conn.schema}",
    ]


def use_env():
    conn = BaseHook.get_connection("shop_api")
    return [conn.conn_type, conn.host, conn.password]


with DAG("connections_everywhere", start_date=datetime(2023, 1, 1), schedule_interval=None) as dag:
    BashOperator(
        task_id="template",
        bash_command="echo {{ conn.shop_db.host }} {{ conn.shop_db.port }} {{ conn.shop_db.login }} "
        "{{ conn.shop_db.schema }} {{ conn.shop_db.extra_dejson.sslmode }}",
    )
    PythonOperator(task_id="hook", python_callable=use_hook)
    PythonOperator(task_id="env_conn", python_callable=use_env)
    PythonOperator(task_id="unknown", python_callable=lambda: BaseHook.get_connection("no_such_connection"))
