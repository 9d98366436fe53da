#: notifier_mails:
#:   state: failed
#:   tasks: {flaky: success, broken: failed}
#:   tries: {flaky: 2}
#:   mails:
#:     - {to: [retry@example.com], subject: ["notifier_mails.flaky up_for_retry"], text: "try 1: no route"}
#:     - {to: [success@example.com], subject: ["notifier_mails.flaky success"], text: "try 2 went well"}
#:     - {to: [failure@example.com], subject: ["notifier_mails.broken failed"], text: "try 1: no table"}
#:     - {to: [dag@example.com], subject: ["notifier_mails is over"], text: "task_failure"}
#:     - {to: [late@example.com], subject: ["notifier_mails is late"], text: "notifier_mails"}
"""A notifier as providers write theirs: what is not given is read when it is sent, and rendered then."""

import smtplib
from datetime import datetime, timedelta
from email.mime.text import MIMEText
from functools import cached_property

from airflow.configuration import conf
from airflow.operators.python import PythonOperator
from airflow.sdk import DAG, AsyncCallback, DeadlineAlert, DeadlineReference
from airflow.sdk.bases.notifier import BaseNotifier


class Hook:
    def __enter__(self):
        self.client = smtplib.SMTP(conf.get("smtp", "smtp_host"), conf.getint("smtp", "smtp_port"))
        return self

    def __exit__(self, *error):
        self.client.quit()

    def send(self, to, subject, text):
        message = MIMEText(text, "html")
        message["Subject"], message["From"], message["To"] = subject, "notifier@example.com", to
        self.client.sendmail("notifier@example.com", [to], message.as_string())


class MailNotifier(BaseNotifier):
    template_fields = ("to", "subject", "text")

    def __init__(self, to, subject=None, text=None, **kwargs):
        super().__init__(**kwargs)
        self.to, self.subject, self.text = to, subject, text

    @cached_property
    def hook(self):
        return Hook()

    def _complete(self, context):
        self.subject = "{{ ti.dag_id }}.{{ ti.task_id }} {{ ti.state }}"
        env = self.get_template_env(dag=context.get("dag"))
        self._do_render_template_fields(self, ["subject"], context, env, set())

    def notify(self, context):
        with self.hook as hook:
            if self.subject is None:
                self._complete(context)
            hook.send(self.to, self.subject, self.text)

    async def async_notify(self, context):
        self.notify(context)


def fail_once(ti):
    if ti.try_number == 1:
        raise ConnectionError("no route")


def fail():
    raise ValueError("no table")


WHY = "try {{ ti.try_number }}: {{ exception }}"

with DAG(
    "notifier_mails",
    start_date=datetime(2023, 1, 1),
    schedule=None,
    on_failure_callback=[MailNotifier("dag@example.com", "{{ dag.dag_id }} is over", "{{ reason }}")],
    deadline=DeadlineAlert(
        DeadlineReference.DAGRUN_QUEUED_AT,
        timedelta(0),
        AsyncCallback(MailNotifier, {"to": "late@example.com", "subject": "{{ dag.dag_id }} is late", "text": "{{ dag }}"}),
    ),
    default_args={
        "on_failure_callback": MailNotifier("failure@example.com", text=WHY),
        "on_retry_callback": MailNotifier("retry@example.com", text=WHY),
        "on_success_callback": MailNotifier("success@example.com", text="try {{ ti.try_number }} went well"),
    },
):
    PythonOperator(task_id="flaky", python_callable=fail_once, retries=1, retry_delay=timedelta(seconds=0.1))
    PythonOperator(task_id="broken", python_callable=fail)
