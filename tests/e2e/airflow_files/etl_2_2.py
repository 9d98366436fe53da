#: orders_etl:
#:   tasks: {extract: success, transform: success, load: success, report: success}
#:   xcoms:
#:     transform: {return_value: {book: 30.0, pen: 4.5}}
#:     load: {rows: 2, return_value: "2024-03-05: 2 rows into dwh.orders"}
#:     report: {return_value: "34.5"}
#:   logs:
#:     load: ["loading 2 rows for 20240305"]
"""Orders, as of Airflow 2.2."""
import json
import logging
from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

log = logging.getLogger(__name__)

default_args = {
    'owner': 'data-eng',
    'depends_on_past': False,
    'email_on_failure': False,
    'email_on_retry': False,
    'retries': 1,
    'retry_delay': timedelta(seconds=1),
}

dag = DAG(
    'orders_etl',
    default_args=default_args,
    description='Loads the orders of a day',
    schedule_interval='0 3 * * *',
    start_date=datetime(2022, 1, 1),
    catchup=False,
    tags=['orders', 'etl'],
)


def _extract(**context):
    orders = [
        {'item': 'book', 'price': 10.0, 'count': 3},
        {'item': 'pen', 'price': 1.5, 'count': 3},
    ]
    context['ti'].xcom_push(key='orders', value=json.dumps(orders))


def _transform(ti):
    orders = json.loads(ti.xcom_pull(task_ids='extract', key='orders'))
    totals = {}
    for order in orders:
        totals[order['item']] = totals.get(order['item'], 0) + order['price'] * order['count']
    return totals


def _load(table, day, ds_nodash, ti, **_):
    totals = ti.xcom_pull(task_ids='transform')
    log.info('loading %d rows for %s', len(totals), ds_nodash)
    ti.xcom_push('rows', len(totals))
    return f'{day}: {len(totals)} rows into {table}'


extract = PythonOperator(task_id='extract', python_callable=_extract, dag=dag)
transform = PythonOperator(task_id='transform', python_callable=_transform, dag=dag)
load = PythonOperator(
    task_id='load',
    python_callable=_load,
    op_args=['dwh.orders'],
    op_kwargs={'day': '{{ ds }}'},
    dag=dag,
)
report = BashOperator(
    task_id='report',
    bash_command="echo {{ ti.xcom_pull(task_ids='transform').values() | sum }}",
    dag=dag,
)

extract >> transform >> load >> report
