"""What templates render: macros, dates, filters, XComs, variables, nested lists and dicts."""
#: variables: {oracle_city: Bern, oracle_config: '{"size": 3}'}

from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, task

with DAG(
    "templates_render",
    schedule=None,
    user_defined_macros={"twice": lambda v: v * 2},
    user_defined_filters={"loud": str.upper},
):

    @task
    def start():
        return {"a": [1, 2]}

    first = start()
    shown = PythonOperator(
        task_id="show",
        python_callable=lambda *given, **named: [list(given), named],
        op_args=[
            "{{ ds }}",
            "{{ ds_nodash }}",
            "{{ ts }}",
            "{{ macros.ds_add(ds, 3) }}",
            "{{ macros.ds_format(ds, '%Y-%m-%d', '%d/%m') }}",
            "{{ logical_date | ds }}",
            "{{ (data_interval_end - macros.timedelta(hours=1)) | ts }}",
            "{{ twice('x') }} {{ 'y' | loud }}",
            ["{{ dag.dag_id }}", {"k": "{{ task.task_id }}"}],
        ],
        op_kwargs={
            "pulled": "{{ ti.xcom_pull('start')['a'][1] }}",
            "city": "{{ var.value.oracle_city }}",
            "size": "{{ var.json.oracle_config.size }}",
            "default": "{{ var.value.get('oracle_nothing', 'none') }}",
            "run": "{{ run_id }} {{ ti.try_number }}",
        },
    )
    first >> shown
