#: user_macros:
#:   tasks: {first: success, second: success}
#:   xcoms:
#:     first: {return_value: "2024-W10 shop TRADE"}
#:     second: {return_value: "first: 2024-03-05"}
from datetime import datetime

from airflow.models import DAG
from airflow.operators.bash import BashOperator


def week(day):
    year, number, _ = datetime.strptime(day, "%Y-%m-%d").isocalendar()
    return f"{year}-W{number:02d}"


with DAG(
    dag_id="user_macros",
    start_date=datetime(2023, 1, 1),
    schedule_interval=None,
    user_defined_macros={"week": week, "project": "shop"},
    user_defined_filters={"shout": lambda text: text.upper()},
    jinja_environment_kwargs={"trim_blocks": True},
) as dag:
    first = BashOperator(task_id="first", bash_command="echo {{ week(ds) }} {{ project }} {{ 'trade' | shout }}")
    second = BashOperator(
        task_id="second",
        bash_command="""{% if ti.task_id == "second" %}
echo "first: {{ ds }}"
{% else %}
exit 1
{% endif %}""",
    )
    first >> second
