#: xcoms_all:
#:   tasks: {push: success, push_too: success, values: success, check_values: success, pull: success,
#:           template: success, none: success, by_operator: success}
#:   xcoms:
#:     push: {first: 1, second: {deep: [1, 2]}, return_value: returned}
#:     pull: {return_value: [1, [returned, also], [1, null], null, fallback]}
#:     template: {return_value: "1 also also"}
#:     none: {return_value: null}
#:     by_operator: {return_value: returned}
import datetime as dt
from decimal import Decimal

import pendulum
from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def push(ti):
    ti.xcom_push(key="first", value=0)
    ti.xcom_push(key="first", value=1)
    ti.xcom_push("second", {"deep": [1, 2]})
    return "returned"


def pull(ti):
    return [
        ti.xcom_pull(task_ids="push", key="first"),
        list(ti.xcom_pull(task_ids=["push", "push_too"])),
        list(ti.xcom_pull(task_ids=["push", "push_too"], key="first")),
        ti.xcom_pull(task_ids="push", key="no such key"),
        ti.xcom_pull(task_ids="no_such_task", key="x", default="fallback"),
    ]


with DAG("xcoms_all", start_date=dt.datetime(2023, 1, 1), schedule_interval=None) as dag:
    pushing = PythonOperator(task_id="push", python_callable=push)
    pushing_too = PythonOperator(task_id="push_too", python_callable=lambda: "also")

    @task
    def values():
        return {
            "tuple": (1, 2),
            "set": {3},
            "date": dt.date(2024, 1, 2),
            "aware": dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc),
            "pendulum": pendulum.datetime(2024, 1, 2, tz="Europe/Paris"),
            "delta": dt.timedelta(hours=1),
            "decimal": Decimal("1.10"),
            "none": None,
            "unicode": "żółć 지우",
        }

    @task
    def check_values(found):
        assert tuple(found["tuple"]) == (1, 2)
        assert set(found["set"]) == {3}
        assert found["date"] == dt.date(2024, 1, 2)
        assert found["aware"] == dt.datetime(2024, 1, 2, tzinfo=dt.timezone.utc)
        assert found["pendulum"].utcoffset() == dt.timedelta(hours=1)
        assert found["delta"] == dt.timedelta(hours=1)
        assert found["decimal"] == Decimal("1.10")
        assert found["none"] is None
        assert found["unicode"] == "żółć 지우"

    check_values(values())
    pulling = PythonOperator(task_id="pull", python_callable=pull)
    template = BashOperator(
        task_id="template",
        bash_command="echo {{ ti.xcom_pull(task_ids='push', key='first') }} {{ ti.xcom_pull('push_too') }} "
        "{{ task_instance.xcom_pull(task_ids=['push', 'push_too']) | last }}",
    )
    none = PythonOperator(task_id="none", python_callable=lambda: None)

    def from_operator(**context):
        return context["task"].xcom_pull(context, task_ids="push")

    [pushing, pushing_too] >> pulling >> [template, none]
    pushing >> PythonOperator(task_id="by_operator", python_callable=from_operator)
