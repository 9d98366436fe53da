#: emails:
#:   state: success
#:   tasks: {report: success, function: success, with_file: success, provider: success}
#:   mails:
#:     - {to: [boss@example.com, team@example.com], subject: "Report 2024-03-05", text: "<b>20240305</b>"}
#:     - {to: [ops@example.com], subject: "from a function", text: "hello"}
#:     - {to: [files@example.com, hidden@example.com], subject: "a file", text: "report.sh"}
#:     - {to: [smtp@example.com], subject: "provider 2024-03-05", text: "body"}
from datetime import datetime
from pathlib import Path

from airflow import DAG
from airflow.operators.email import EmailOperator
from airflow.operators.python import PythonOperator
from airflow.providers.smtp.operators.smtp import EmailOperator as SmtpEmailOperator
from airflow.utils.email import send_email

SCRIPT = str(Path(__file__).parent / "scripts" / "report.sh")


def by_function():
    send_email(to="ops@example.com", subject="from a function", html_content="<p>hello</p>")


with DAG(
    "emails",
    start_date=datetime(2023, 1, 1),
    schedule_interval=None,
    default_args={"email": "ops@example.com, dev@example.com", "email_on_failure": True, "email_on_retry": True},
) as dag:
    EmailOperator(
        task_id="report",
        to=["boss@example.com", "team@example.com"],
        subject="Report {{ ds }}",
        html_content="<b>{{ ds_nodash }}</b>",
    )
    PythonOperator(task_id="function", python_callable=by_function)
    EmailOperator(
        task_id="with_file",
        to="files@example.com",
        bcc="hidden@example.com",
        subject="a file",
        html_content="see file",
        files=[SCRIPT],
    )
    SmtpEmailOperator(
        task_id="provider", to="smtp@example.com", subject="provider {{ ds }}", html_content="body", from_email="me@example.com"
    )
