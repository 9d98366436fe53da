#: later_mapping_operator:
#:   tasks: {"t[0]": success, "t[1]": failed, "k[0]": success, "k[1]": success, "s[0]": success, "s[1]": success}
#:   state: failed
#:   logs: {"k[0]": ["one 2024-03-05"], "k[1]": ["two shared"]}
#:   names: {"t[0]": "0", "s[1]": "b!"}
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

with DAG("later_mapping_operator", start_date=datetime(2023, 1, 1), schedule=None, default_args={"retries": 0}):
    BashOperator.partial(task_id="t").expand(bash_command=["true", "false"])
    BashOperator.partial(task_id="k", append_env=True).expand_kwargs(
        [
            {"bash_command": "echo one {{ ds }}"},
            {"bash_command": "echo two $WORD", "env": {"WORD": "shared"}},
        ]
    )
    PythonOperator.partial(
        task_id="s",
        python_callable=lambda word, ti: ti.map_index,
        map_index_template="{{ task.op_kwargs['word'] }}!",
    ).expand(op_kwargs=[{"word": "a"}, {"word": "b"}])
