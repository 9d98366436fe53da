#: xcom_args:
#:   tasks: {number: success, other: success, classic: success, in_list: success, in_dict: success, in_text: success,
#:           in_operator: success, bash: success}
#:   xcoms:
#:     in_list: {return_value: 12}
#:     in_dict: {return_value: {a: 5, b: [7, {c: classic}]}}
#:     in_text: {return_value: "5 and classic"}
#:     in_operator: {return_value: [5, 7]}
#:     bash: {return_value: "5-side"}
#:   edges: [number>in_list, other>in_list, number>in_dict, other>in_dict, classic>in_dict, number>in_text, classic>in_text,
#:           number>in_operator, other>in_operator, number>bash, classic>bash]
from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def classic_callable(ti):
    ti.xcom_push(key="side", value="side")
    return "classic"


with DAG("xcom_args", start_date=datetime(2023, 1, 1), schedule=None) as dag:

    @task
    def number():
        return 5

    @task
    def other():
        return 7

    @task
    def in_list(values):
        return sum(values)

    @task
    def in_dict(values):
        return values

    @task
    def in_text(a, b):
        return f"{a} and {b}"

    classic = PythonOperator(task_id="classic", python_callable=classic_callable)
    five, seven = number(), other()
    in_list([five, seven])
    in_dict({"a": five, "b": [seven, {"c": classic.output}]})
    in_text(five, b=classic.output)
    PythonOperator(
        task_id="in_operator", python_callable=lambda a, b: [a, b], op_args=[five], op_kwargs={"b": seven}
    )
    BashOperator(
        task_id="bash",
        bash_command="echo $NUMBER-$SIDE",
        env={"NUMBER": f"{five}", "SIDE": classic.output["side"]},
    ) << five
