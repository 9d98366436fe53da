"""Values that JSON lacks come back as what they were: dates, sets, tuples, bytes are told apart."""

from datetime import datetime, timezone

from airflow.sdk import DAG, task

with DAG("xcom_types", schedule=None):

    @task
    def date():
        return datetime(2024, 3, 5, 6, tzinfo=timezone.utc)

    @task
    def numbers():
        return {3, 1, 2}

    @task
    def pair():
        return (1, "x")

    @task
    def keys():
        return {1: "a", "b": 2}

    @task
    def back(given_date, given_numbers, given_pair, given_keys):
        return [given_date.isoformat(), sorted(given_numbers), type(given_pair).__name__, sorted(map(str, given_keys))]

    back(date(), numbers(), pair(), keys())
