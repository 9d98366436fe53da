#: failure_mails:
#:   state: failed
#:   tasks: {flaky: success, broken: failed, quiet: failed}
#:   tries: {flaky: 2}
#:   mails:
#:     - to: [ops@example.com, data@example.com]
#:       subject: ["Airflow alert: <TaskInstance: failure_mails.flaky", "[up_for_retry]>"]
#:       text: "ConnectionError: no route with ***"
#:     - to: [ops@example.com]
#:       subject: ["Airflow alert: <TaskInstance: failure_mails.broken", "[failed]>"]
#:       text: "ValueError: &lt;b&gt;no such table&lt;/b&gt;"
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models import Variable
from airflow.operators.python import PythonOperator


def fail_once(ti):
    Variable.set("mail_secret_token", "hunter2-hunter2")
    if ti.try_number == 1:
        raise ConnectionError("no route with " + Variable.get("mail_secret_token"))


def fail():
    raise ValueError("<b>no such table</b>")


with DAG(
    "failure_mails",
    start_date=datetime(2023, 1, 1),
    schedule=None,
    default_args={"email": "ops@example.com", "email_on_retry": True, "email_on_failure": True},
):
    PythonOperator(
        task_id="flaky",
        python_callable=fail_once,
        retries=1,
        retry_delay=timedelta(seconds=0.1),
        email="ops@example.com, data@example.com",
    )
    PythonOperator(task_id="broken", python_callable=fail)
    PythonOperator(task_id="quiet", python_callable=fail, email_on_failure=False)
