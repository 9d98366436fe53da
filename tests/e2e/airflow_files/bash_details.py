#: bash_details:
#:   state: failed
#:   tasks: {multi_skip: skipped, processed: success, failing: failed, env_of_run: success, bad_template: failed,
#:           missing_script: failed}
#:   xcoms:
#:     processed: {return_value: {"a": 1}}
#:     env_of_run: {return_value: "bash_details env_of_run"}
#:   logs:
#:     failing: ["about to fail", "exit", "3"]
#:     bad_template: ["no_such_name", "is undefined"]
#:     missing_script: ["no_such.sh", "template_searchpath"]
import json
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("bash_details", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    BashOperator(task_id="multi_skip", bash_command="exit 42", skip_on_exit_code=[41, 42])
    BashOperator(task_id="processed", bash_command="echo '{\"a\": 1}'", output_processor=json.loads)
    BashOperator(task_id="failing", bash_command="echo about to fail; exit 3")
    BashOperator(task_id="env_of_run", bash_command="echo $AIRFLOW_CTX_DAG_ID $AIRFLOW_CTX_TASK_ID")
    BashOperator(task_id="bad_template", bash_command="echo {{ no_such_name.x }}")
    BashOperator(task_id="missing_script", bash_command="no_such.sh")
