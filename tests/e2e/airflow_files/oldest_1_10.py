#: oldest_style:
#:   run: now
#:   tasks: {start: success, push: success, pull: success, shout: success, end: success}
#:   xcoms:
#:     pull: {return_value: "5 on True"}
#:     shout: {return_value: "HELLO TRADE"}
# Written for Airflow 1.10: old module names, provide_context, apply_defaults, days_ago.
from datetime import timedelta

from airflow.models import BaseOperator, DAG
from airflow.operators.bash_operator import BashOperator
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator
from airflow.utils.dates import days_ago
from airflow.utils.decorators import apply_defaults

args = {
    'owner': 'Airflow',
    'start_date': days_ago(2),
}

dag = DAG(
    dag_id='oldest_style',
    default_args=args,
    schedule_interval=timedelta(days=1),
    dagrun_timeout=timedelta(minutes=60),
    concurrency=4,
    max_active_runs=2,
    catchup=False,
)


class ShoutOperator(BaseOperator):
    template_fields = ('text',)
    ui_color = '#ffcc00'

    @apply_defaults
    def __init__(self, text, suffix='', *args, **kwargs):
        super(ShoutOperator, self).__init__(*args, **kwargs)
        self.text = text
        self.suffix = suffix

    def execute(self, context):
        self.log.info('shouting %s', self.text)
        return (self.text + self.suffix).upper()


def push_function(**kwargs):
    kwargs['task_instance'].xcom_push(key='number', value=5)


def pull_function(ds, **kwargs):
    ti = kwargs['ti']
    return '%s on %s' % (ti.xcom_pull(key='number', task_ids='push'), ds == kwargs['ts'][:10])


start = DummyOperator(task_id='start', dag=dag)
push = PythonOperator(task_id='push', provide_context=True, python_callable=push_function, dag=dag)
pull = PythonOperator(task_id='pull', provide_context=True, python_callable=pull_function, dag=dag)
shout = ShoutOperator(task_id='shout', text='hello {{ params.who }}', params={'who': 'trade'}, dag=dag)
end = BashOperator(task_id='end', bash_command='echo {{ execution_date }} {{ ds_nodash }}', dag=dag)

push.set_upstream(start)
push.set_downstream(pull)
shout << pull
end << [shout]
