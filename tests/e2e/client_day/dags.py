"""The DAGs of a working day: see `test_airflow_client`."""

from datetime import datetime

from airflow.providers.standard.operators.hitl import ApprovalOperator

from airflow.sdk import DAG, Asset, AssetAlias, CronPartitionTimetable, Variable, task, task_group

orders, prices = Asset("orders", uri="s3://lake/orders"), Asset("prices", uri="s3://lake/prices")

with DAG("daily", schedule="@daily", start_date=datetime(2024, 1, 1), catchup=False, tags=["etl"], params={"rows": 3}):

    @task
    def extract(params):
        return list(range(params["rows"]))

    @task
    def double(x):
        return x * 2

    @task_group
    def checks(values):
        @task
        def quality(values):
            if Variable.get("strict", default="no") == "yes":
                raise ValueError("row count 99 < 100")
            return "good"

        @task
        def note(word):
            return word.upper()

        note(quality(values))

    checks(double.expand(x=extract()))

with DAG("maker", schedule=None):

    @task(outlets=[orders, AssetAlias("anything")])
    def make(outlet_events):
        outlet_events[orders].extra = {"rows": 7}

    make()

with DAG("waiter", schedule=orders & prices):

    @task
    def wait_for_both():
        return "both"

    wait_for_both()

with DAG("approval", schedule=None):
    ApprovalOperator(task_id="ask", subject="Shall we?", body="Really?", defaults=None)

with DAG("parts", schedule=CronPartitionTimetable("0 0 * * *", timezone="UTC"), start_date=datetime(2026, 1, 1)):

    @task
    def load():
        return None

    load()

with DAG("gone", schedule=None):

    @task
    def nothing():
        return None

    nothing()
