#: import_error: ["@task.virtualenv", 9]
import pendulum
from airflow.decorators import dag, task


@dag(start_date=pendulum.datetime(2023, 1, 1), schedule=None)
def later_virtualenv():

    @task.virtualenv(requirements=["colorama"])
    def apart():
        pass

    apart()


later_virtualenv()
