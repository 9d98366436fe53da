#: import_error: ["dynamic task mapping is not available in this version", 14]
import pendulum
from airflow.decorators import dag, task


@dag(start_date=pendulum.datetime(2023, 1, 1), schedule=None)
def later_mapping():
    @task
    def double(number):
        return number * 2

    # One task per number: three of them,
    # as the runs go.
    double.expand(number=[1, 2, 3])


later_mapping()
