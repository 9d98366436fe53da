#: several_one: {tasks: {t: success}}
#: several_two: {tasks: {t: success}}
#: several_three: {tasks: {t: success}}
#: several_four: {tasks: {t: success}}
# A DAG as a variable, as a context, by the decorator and from a factory of another module.
import sys
from datetime import datetime
from os.path import abspath, dirname

sys.path.insert(0, dirname(abspath(__file__)))

from airflow import DAG  # noqa: E402
from airflow.decorators import dag, task  # noqa: E402
from airflow.operators.empty import EmptyOperator  # noqa: E402
from common.factory import make_dag  # noqa: E402

one = DAG("several_one", start_date=datetime(2023, 1, 1), schedule_interval=None)
t1 = EmptyOperator(task_id="t", dag=one)

with DAG("several_two", start_date=datetime(2023, 1, 1), schedule_interval=None):
    EmptyOperator(task_id="t")


@dag("several_three", start_date=datetime(2023, 1, 1), schedule=None)
def third():
    @task
    def t():
        pass

    t()


third()

four = make_dag("several_four")
