#: stock_levels:
#:   tasks: {count: success, report: success, by_alias: success, recount: success, last: success}
#:   xcoms: {report: {return_value: "17 17"}, by_alias: {return_value: 17}, last: {return_value: 18}}
#: stock_of_shop:
#:   tasks: {stock_of_shop: success}
#: stock_since_ever:
#:   run: scheduled
#:   tasks: {count: success}
#: stock_form:
#:   tasks: {show: success}
#:   xcoms: {show: {return_value: 3}}
"""Events of assets found by name and URI, as templates do it; dates that mean "always"; labels of a form."""

from datetime import datetime, timedelta

from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import is_venv_installed
from airflow.providers.common.compat.sdk import DAG, Asset, AssetAlias, Param, asset, task
from airflow.providers.standard.triggers.file import DirectoryFileDeleteTrigger

assert is_venv_installed()
assert DirectoryFileDeleteTrigger(directory="/srv/inbox", filename="stock.csv").poke_interval == 5

levels = Asset("stock_levels_file", "s3://shop/stock/levels.csv")

with DAG("stock_levels", schedule=None):

    @task(outlets=[levels, AssetAlias("stock_files")])
    def count(*, outlet_events):
        outlet_events.for_asset(name="stock_levels_file").extra = {"rows": 17}
        outlet_events.for_asset_alias(name="stock_files").add(Asset("stock_of_today"), extra={"rows": 17})

    report = BashOperator(
        task_id="report",
        inlets=[levels],
        bash_command="echo {{ inlet_events.for_asset(uri='s3://shop/stock/levels.csv')[-1].extra.rows }} "
        "{{ inlet_events.for_asset(name='stock_levels_file', uri='s3://shop/stock/levels.csv')[-1].extra['rows'] }}",
    )

    @task(inlets=[AssetAlias("stock_files")])
    def by_alias(*, inlet_events):
        return inlet_events.for_asset_alias(name="stock_files")[-1].extra["rows"]

    def tell(context, result):
        context["outlet_events"][levels].extra = {"rows": int(result)}

    recount = BashOperator(task_id="recount", outlets=[levels], bash_command="echo 18", post_execute=tell)

    @task(inlets=[levels])
    def last(*, inlet_events):
        return inlet_events[levels][-1].extra["rows"]

    count() >> [report, by_alias()] >> recount >> last()


@asset(schedule=None)
def stock_of_shop(self, context, outlet_events):
    outlet_events[self].extra = {"run": context["run_id"]}


with DAG("stock_since_ever", schedule="@daily", start_date=datetime.min, end_date=datetime.max):
    EmptyOperator(task_id="count")

with DAG(
    "stock_form",
    schedule=None,
    params={"shelf": Param(3, enum=[1, 3, None], values_display={1: "top", 3: "floor", None: "no shelf"})},
    default_args={"retry_delay": timedelta(seconds=1)},
):

    @task
    def show(params):
        return params["shelf"]

    show()
