#: param_types:
#:   conf: {day: "2024-02-29", flag: true}
#:   tasks: {types: success, text: success}
#:   xcoms:
#:     types: {return_value: ["2024-02-29", null, true, [a, b], {k: 1}, 1.5]}
#:     text: {return_value: "2024-02-29 None True ['a', 'b']"}
#: param_required:
#:   conf: {}
#:   refused: "needed"
from datetime import datetime

from airflow import DAG
from airflow.models.param import Param
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

with DAG(
    "param_types",
    start_date=datetime(2023, 1, 1),
    schedule=None,
    params={
        "day": Param("2024-01-01", type="string", format="date", title="Day"),
        "maybe": Param(None, type=["null", "string"]),
        "flag": Param(False, type="boolean", section="Flags"),
        "names": Param(["a", "b"], type="array", items={"type": "string"}),
        "nested": Param({"k": 1}, type="object"),
        "number": Param(1.5, type="number"),
    },
) as dag:
    PythonOperator(
        task_id="types",
        python_callable=lambda params: [
            params[name] for name in ("day", "maybe", "flag", "names", "nested", "number")
        ],
    )
    BashOperator(
        task_id="text",
        bash_command='echo "{{ params.day }} {{ params.maybe }} {{ params.flag }} {{ params.names }}"',
    )

with DAG("param_required", start_date=datetime(2023, 1, 1), schedule=None, params={"needed": Param(type="string")}):
    BashOperator(task_id="t", bash_command="echo {{ params.needed }}")
