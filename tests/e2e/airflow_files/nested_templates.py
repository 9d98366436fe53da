#: nested_templates:
#:   tasks: {nested: success, literal: success, hooks: success, json_file: success}
#:   xcoms:
#:     nested: {return_value: {bucket: lake-2024-03-05, keys: [a/20240305, [b]], "{{ ds }}": kept}}
#:     literal: {return_value: "{{ ds }} 2024-03-05"}
#:     hooks: {return_value: [before, executed]}
#:     json_file: {return_value: {day: "2024-03-05"}}
import json
from datetime import datetime

from airflow import DAG
from airflow.models.baseoperator import BaseOperator
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
from airflow.utils.template import literal


class Target:
    template_fields = ("bucket", "keys")

    def __init__(self, bucket, keys):
        self.bucket, self.keys = bucket, keys


class CopyOperator(BaseOperator):
    template_fields = ("target", "options")
    template_fields_renderers = {"options": "json"}
    template_ext = (".json",)

    def __init__(self, target, options=None, **kwargs):
        super().__init__(**kwargs)
        self.target = target
        self.options = options

    def execute(self, context):
        return {"bucket": self.target.bucket, "keys": self.target.keys, **(self.options or {})}


class JsonOperator(BaseOperator):
    template_fields = ("config",)
    template_ext = (".json",)

    def __init__(self, config, **kwargs):
        super().__init__(**kwargs)
        self.config = config

    def prepare_template(self):
        self.log.info("preparing %s", self.config)

    def execute(self, context):
        return json.loads(self.config)


def before(context):
    context["ti"].xcom_push(key="trace", value="before")


with DAG("nested_templates", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    CopyOperator(
        task_id="nested",
        target=Target("lake-{{ ds }}", ["a/{{ ds_nodash }}", ["{{ 'b' }}"]]),
        options={"{{ ds }}": "kept"},
    )
    BashOperator(task_id="literal", bash_command=literal("echo '{{ ds }} 2024-03-05'"))
    PythonOperator(
        task_id="hooks",
        python_callable=lambda ti: [ti.xcom_pull(task_ids="hooks", key="trace"), "executed"],
        pre_execute=before,
        post_execute=lambda context, result: print("after", result),
    )
    JsonOperator(task_id="json_file", config="config/day.json")
