#: variables_everywhere:
#:   tasks: {eu: success, us: success, template: success, json_template: success, in_task: success, missing: success}
#:   xcoms:
#:     eu: {return_value: "eu s3://lake/raw"}
#:     template: {return_value: "s3://lake/raw from env"}
#:     json_template: {return_value: "eu 2 x"}
#:     in_task: {return_value: [s3://lake/raw, [eu, us], fallback, written]}
#:     missing: {return_value: "default value"}
from datetime import datetime

from airflow import DAG
from airflow.models import Variable
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

BUCKET = Variable.get("lake_bucket", default_var="s3://nowhere")
REGIONS = Variable.get("lake_settings", deserialize_json=True, default_var={"regions": []})["regions"]


def use():
    Variable.set("variables_written", "written", description="by a task")
    return [
        Variable.get("lake_bucket"),
        Variable.get("lake_settings", deserialize_json=True)["regions"],
        Variable.get("no_such_variable", default_var="fallback"),
        Variable.get("variables_written"),
    ]


with DAG("variables_everywhere", start_date=datetime(2023, 1, 1), schedule_interval=None, catchup=False) as dag:
    regions = [BashOperator(task_id=region, bash_command=f"echo {region} {BUCKET}") for region in REGIONS]
    template = BashOperator(
        task_id="template", bash_command="echo {{ var.value.lake_bucket }} {{ var.value.get('from_environment') }}"
    )
    json_template = BashOperator(
        task_id="json_template",
        bash_command="echo {{ var.json.lake_settings.regions[0] }} {{ var.json.lake_settings.regions | length }} "
        "{{ var.json.get('no_such', {'a': 'x'}).a }}",
    )
    missing = BashOperator(task_id="missing", bash_command="echo {{ var.value.get('no_such', 'default value') }}")
    regions >> template >> [json_template, missing] >> PythonOperator(task_id="in_task", python_callable=use)
