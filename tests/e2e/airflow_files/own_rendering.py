#: own_rendering:
#:   tasks: {plain: success, "many[0]": success, "many[1]": success, source: success, lost: failed}
#:   state: failed
#:   xcoms: {plain: {return_value: "own_rendering!"}, "many[1]": {return_value: "{{ dag.dag_id }}!"}}
#:   logs: {lost: ["a connection was asked for without an id"]}
"""Operators that override how their templates are rendered, as those of provider packages do."""

import pendulum
from airflow.decorators import task
from airflow.hooks.base import BaseHook
from airflow.models.baseoperator import BaseOperator
from airflow.models.dag import DAG


class Query(BaseOperator):
    template_fields = ("sql",)

    def __init__(self, sql, conn_id=None, **kwargs):
        super().__init__(**kwargs)
        self.sql, self.conn_id = sql, conn_id

    def render_template_fields(self, context, jinja_env=None):
        super().render_template_fields(context, jinja_env)
        self.sql += "!"

    def execute(self, context):
        return self.sql


class Lost(Query):
    def execute(self, context):
        return BaseHook.get_connection(self.conn_id)


with DAG("own_rendering", start_date=pendulum.datetime(2024, 1, 1), schedule=None, default_args={"retries": 0}):

    @task
    def source():
        return ["{{ ds }}", "{{ dag.dag_id }}"]

    Query(task_id="plain", sql="{{ dag.dag_id }}")
    Query.partial(task_id="many").expand(sql=source())
    Lost(task_id="lost", sql="")
