#: context_args:
#:   tasks: {by_name: success, by_kwargs: success, mixed: success, templated: success, templates_dict: success,
#:           overridden: success, defaults: success}
#:   xcoms:
#:     by_name: {return_value: ["2024-03-05", by_name, context_args, "2024-03-04"]}
#:     by_kwargs: {return_value: ["2024-03-05", true, true, context_args]}
#:     mixed: {return_value: [1, two, "2024-03-05", 4]}
#:     templated: {return_value: ["2024-03-05", {"deep": ["20240305", 1]}]}
#:     templates_dict: {return_value: ["day 2024-03-05", "SELECT * FROM orders WHERE day = '2024-03-05' -- templates_dict"]}
#:     overridden: {return_value: mine}
#:     defaults: {return_value: ["2024-03-05", default]}
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def by_name(ds, ti, dag, prev_ds=None, yesterday_ds=None):
    return [ds, ti.task_id, dag.dag_id, yesterday_ds]


def by_kwargs(**kwargs):
    return [
        kwargs["ds"],
        kwargs["ti"] is kwargs["task_instance"],
        {"var", "conn", "params", "macros", "run_id", "dag_run", "task", "ts", "logical_date"} <= set(kwargs),
        kwargs["dag"].dag_id,
    ]


def mixed(first, second, ds, *, fourth):
    return [first, second, ds, fourth]


def templates(templates_dict, **context):
    return [templates_dict["day"], templates_dict["query"].strip()]


with DAG("context_args", start_date=datetime(2023, 1, 1), schedule_interval=None) as dag:
    PythonOperator(task_id="by_name", python_callable=by_name)
    PythonOperator(task_id="by_kwargs", python_callable=by_kwargs)
    PythonOperator(task_id="mixed", python_callable=mixed, op_args=[1, "two"], op_kwargs={"fourth": 4})
    PythonOperator(
        task_id="templated",
        python_callable=lambda day, nested: [day, nested],
        op_kwargs={"day": "{{ ds }}", "nested": {"deep": ["{{ ds_nodash }}", 1]}},
    )
    PythonOperator(
        task_id="templates_dict",
        python_callable=templates,
        templates_dict={"day": "day {{ ds }}", "query": "sql/orders.sql"},
        templates_exts=[".sql"],
    )
    PythonOperator(task_id="overridden", python_callable=lambda ds, **_: ds, op_kwargs={"ds": "mine"})
    PythonOperator(task_id="defaults", python_callable=lambda ds=None, other="default": [ds, other])
