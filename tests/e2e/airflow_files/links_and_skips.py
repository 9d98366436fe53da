#: links_and_skips:
#:   tasks: {linked: success, skips: skipped, lenient: success, defined: success, runs_if: skipped}
#:   xcoms:
#:     linked: {_link_ConsoleLink: "https://console.example.com/linked"}
#:     lenient: {return_value: "[]"}
#:     defined: {return_value: "default 3"}
#:   logs:
#:     skips: ["skipped callback: skips"]
from datetime import datetime

import jinja2
from airflow import DAG
from airflow.decorators import task
from airflow.exceptions import AirflowSkipException
from airflow.models.baseoperator import BaseOperator, BaseOperatorLink
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


class ConsoleLink(BaseOperatorLink):
    name = "Console"

    def get_link(self, operator, *, ti_key):
        return f"https://console.example.com/{ti_key.task_id}"


class LinkedOperator(BaseOperator):
    operator_extra_links = (ConsoleLink(),)

    def execute(self, context):
        return None


def skip():
    raise AirflowSkipException


with DAG(
    "links_and_skips", start_date=datetime(2023, 1, 1), schedule=None, template_undefined=jinja2.Undefined
) as dag:
    LinkedOperator(task_id="linked")
    PythonOperator(
        task_id="skips",
        python_callable=skip,
        on_skipped_callback=lambda context: print("skipped callback:", context["ti"].task_id),
    )
    BashOperator(task_id="lenient", bash_command="echo [{{ no_such_name }}]")
    BashOperator(
        task_id="defined",
        bash_command="""{% set numbers = [1, 2] %}echo {{ no_such | default('default') }} {{ numbers | sum }}""",
    )

    @task.run_if(lambda context: context["params"].get("really", False))
    @task.bash
    def runs_if():
        return "echo ran"

    runs_if()
