"""The mail about a task that failed or will be tried again (`email_on_failure`, `email_on_retry`).  Called by
`runtime.callbacks`.

Subject and text are Jinja templates: the files named by `AIRFLOW__EMAIL__SUBJECT_TEMPLATE` and
`AIRFLOW__EMAIL__HTML_CONTENT_TEMPLATE`, or those below.  They see the context of the task and `exception`,
`exception_html`, `try_number` and `max_tries`.  What is secret is masked in both.
"""

from __future__ import annotations

import html
import logging
from pathlib import Path
from typing import Any

from tradewind.authoring import mail
from tradewind.authoring.conf import conf
from tradewind.authoring.context import Context
from tradewind.errors import AirflowException
from tradewind.runtime.masking import masker
from tradewind.spec import wire

log = logging.getLogger("airflow.task.mail")

SUBJECT = "Airflow alert: {{ ti }}"
# Airflow's first words: people have rules in their mail programs that look for them
TEXT = """\
<p>Task <b>{{ ti.task_id }}</b> of DAG <b>{{ ti.dag_id }}</b>: try {{ try_number }} of {{ max_tries + 1 }} failed.</p>
<p>{{ exception_html }}</p>
<ul>
<li>Run: {{ ti.run_id | e }}</li>
<li>State: {{ ti.state }}</li>
<li>Host: {{ ti.hostname | e }}</li>
<li><a href="{{ ti.log_url }}">Log</a></li>
</ul>
"""


def send(to: Any, error: str, context: Context) -> None:
    """Send it to these addresses.  Raises what a template, or `authoring.mail.send_email`, raises."""
    ti = context["ti"]
    values = dict(context)
    values.update(
        exception=error,
        exception_html=html.escape(error).replace("\n", "<br>"),
        try_number=ti.try_number,
        max_tries=ti.max_tries,
    )
    environment = context["dag"].get_template_env(force_sandboxed=False)
    subject = environment.from_string(_template("subject_template", SUBJECT)).render(values)
    text = environment.from_string(_template("html_content_template", TEXT)).render(values)
    _deliver(to, str(subject), str(text))


def send_plain(work: wire.CallbackWork) -> None:
    """Send it with what is known without the DAG's code.  Raises what `authoring.mail.send_email` raises."""
    index = f" map_index={work.map_index}" if work.map_index >= 0 else ""
    name = f"<TaskInstance: {work.dag_id}.{work.task_id} {work.run.run_id}{index} [{work.ti_state}]>"
    lines = (
        f"Task {work.task_id} of DAG {work.dag_id}: try {work.try_number} of {work.max_tries + 1} failed.",
        work.reason,
        f"Run: {work.run.run_id}",
    )
    _deliver(work.data.get("email"), f"Airflow alert: {name}", "".join(f"<p>{html.escape(line)}</p>" for line in lines))


def _deliver(to: Any, subject: str, text: str) -> None:
    sender = conf.get("email", "from_email", fallback=None)
    extra = {"from_email": sender} if sender else {}
    mail.send_email(to, masker.mask(subject), masker.mask(text), **extra)


def _template(option: str, default: str) -> str:
    path = conf.get("email", option, fallback=None)
    if not path:
        return default
    try:
        return Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise AirflowException(
            f"the template {path} of a mail cannot be read: {error}; correct AIRFLOW__EMAIL__{option.upper()}"
        ) from error
