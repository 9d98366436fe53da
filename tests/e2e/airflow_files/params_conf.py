#: params_conf:
#:   conf: {limit: 5, extra: from conf, label: b}
#:   tasks: {show: success, template: success, task_level: success, raw_conf: success}
#:   xcoms:
#:     show: {return_value: {limit: 5, label: b, items: [1, 2], extra: from conf}}
#:     template: {return_value: "5 b"}
#:     task_level: {return_value: "task wins"}
#:     raw_conf: {return_value: "from conf / none"}
#: params_refused:
#:   conf: {limit: 11}
#:   refused: "limit"
import pendulum
from airflow import DAG
from airflow.decorators import task
from airflow.models.param import Param
from airflow.operators.bash import BashOperator

PARAMS = {
    "limit": Param(3, type="integer", minimum=1, maximum=10, description="How many"),
    "label": Param("a", enum=["a", "b"]),
    "items": [1, 2],
}

with DAG("params_conf", start_date=pendulum.datetime(2023, 1, 1), schedule=None, params=PARAMS) as dag:

    @task
    def show(params):
        return dict(params)

    template = BashOperator(task_id="template", bash_command="echo {{ params.limit }} {{ params['label'] }}")

    @task(params={"color": "task wins"})
    def task_level(params=None):
        return params["color"]

    raw_conf = BashOperator(
        task_id="raw_conf",
        bash_command='echo "{{ dag_run.conf["extra"] }} / {{ dag_run.conf.get("missing", "none") }}"',
    )
    show() >> template >> task_level() >> raw_conf

with DAG("params_refused", start_date=pendulum.datetime(2023, 1, 1), schedule=None, params=PARAMS):
    BashOperator(task_id="never", bash_command="true")
