#: bash_templates:
#:   state: success
#:   tasks: {inline: success, script: success, from_searchpath: success, environment: success,
#:           appended: success, skipped: skipped, no_push: success, loop: success, in_folder: success}
#:   xcoms:
#:     inline: {return_value: "day=2024-03-05 n=2"}
#:     script: {return_value: "script for 2024-03-05 by etl"}
#:     from_searchpath: {return_value: "search path: 20240305"}
#:     environment: {return_value: "value-2024-03-05 unset"}
#:     appended: {return_value: "mine yes"}
#:     loop: {return_value: "c"}
#:     no_push: {return_value: null}
#:   logs:
#:     loop: ["item a", "item b", "item c"]
import os
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

HERE = os.path.dirname(os.path.abspath(__file__))

with DAG(
    'bash_templates',
    start_date=datetime(2023, 1, 1),
    schedule_interval=None,
    template_searchpath=[os.path.join(HERE, 'scripts')],
    params={'n': 2},
    default_args={'owner': 'etl'},
) as dag:
    inline = BashOperator(task_id='inline', bash_command='echo "day={{ ds }} n={{ params.n }}"')
    # a script beside the DAG file
    script = BashOperator(task_id='script', bash_command='groups/day.sh')
    # a script of the search path
    from_searchpath = BashOperator(task_id='from_searchpath', bash_command='report.sh')
    environment = BashOperator(
        task_id='environment',
        bash_command='echo "$DAY ${OUTSIDE:-unset}"',
        env={'DAY': 'value-{{ ds }}'},
    )
    appended = BashOperator(
        task_id='appended',
        bash_command='echo "$MINE $([ -n "$PATH" ] && echo yes)"',
        env={'MINE': 'mine'},
        append_env=True,
    )
    skipped = BashOperator(task_id='skipped', bash_command='echo nothing to do; exit 99')
    no_push = BashOperator(task_id='no_push', bash_command='echo quiet', do_xcom_push=False)
    loop = BashOperator(
        task_id='loop',
        bash_command="""
        {% for item in ["a", "b", "c"] %}
            echo "item {{ item }}"
        {% endfor %}
        echo c
        """,
    )
    in_folder = BashOperator(task_id='in_folder', bash_command='test "$(basename "$PWD")" = airflow_files', cwd=HERE)

    inline >> [script, from_searchpath] >> environment
