"""kill -9 of the worker that waits for a job in another system: the next try waits for the same job."""

from __future__ import annotations

import textwrap
from pathlib import Path
from urllib.parse import unquote

import pytest

from support.product import Product, kill

DAG = textwrap.dedent('''
    import os, pathlib, time
    from datetime import datetime
    from airflow.sdk import DAG, BaseOperator, ResumableJobMixin

    SYSTEM = pathlib.Path(os.environ["OTHER_SYSTEM"])

    class JobOperator(ResumableJobMixin, BaseOperator):
        """The other system is a folder: `jobs` has a line per submission, `job-1` says how that job stands."""

        external_id_key = "job"

        def __init__(self, *, size, **kwargs):
            super().__init__(**kwargs)
            self.size = size

        def execute(self, context):
            return self.execute_resumable(context)

        def submit_job(self, context):
            with (SYSTEM / "jobs").open("a") as file:
                file.write(f"{self.size}\\\\n")
            return f"job-{len((SYSTEM / 'jobs').read_text().splitlines())}"

        def get_job_status(self, external_id, context):
            path = SYSTEM / external_id
            return path.read_text() if path.exists() else "RUNNING"

        def is_job_active(self, status):
            return status == "RUNNING"

        def is_job_succeeded(self, status):
            return status == "DONE"

        def poll_until_complete(self, external_id, context):
            with (SYSTEM / "waiting").open("a") as file:
                file.write(f"{external_id} {os.getpid()} {context['ti'].try_number}\\\\n")
            while self.is_job_active(status := self.get_job_status(external_id, context)):
                time.sleep(0.02)
            if not self.is_job_succeeded(status):
                raise RuntimeError(f"{external_id} is {status}")

        def get_job_result(self, external_id, context):
            return f"result of {external_id}"

    with DAG("resumable", start_date=datetime(2024, 1, 1), schedule=None, default_args={"retries": 1}):
        JobOperator(task_id="job", size=3, retry_delay=0)
''').replace("\\\\n", "\\n")


@pytest.fixture
def product(tmp_path):
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "resumable.py").write_text(DAG)
    (tmp_path / "system").mkdir()
    env = {"OTHER_SYSTEM": str(tmp_path / "system")}
    with Product(tmp_path / "home", tmp_path / "dags", env=env) as product:
        yield product


def test_a_job_is_waited_for_again_and_never_submitted_twice(product):
    system = Path(product.env["OTHER_SYSTEM"])

    def waiting(tries: int) -> list[str]:
        path = system / "waiting"
        lines = path.read_text().splitlines() if path.exists() else []
        return lines if len(lines) >= tries else []

    run = product.trigger("resumable")
    (first,) = product.wait(lambda: waiting(1), "the job is waited for")
    kill(int(first.split()[1]))
    second = product.wait(lambda: waiting(2), "the next try waits")[1]
    assert second.split()[0] == "job-1" and second.split()[2] == "2"
    entries = product.api("GET", f"{run}/taskInstances/job/state-store")
    assert [(entry["key"], entry["value"]) for entry in entries["task_state_store"]] == [("job", "job-1")]
    (system / "job-1").write_text("DONE")
    assert product.finished(run)["state"] == "success"
    assert (system / "jobs").read_text() == "3\n"  # submitted once
    assert product.api("GET", f"{run}/taskInstances/job/xcomEntries/return_value")["value"] == "result of job-1"
    # cleared, it starts anew: with a job of its own, which fails once, and the retry submits another one
    run_id = unquote(run.rpartition("/")[2])
    body = {"dry_run": False, "dag_run_id": run_id, "only_failed": False}
    product.api("POST", "/api/v2/dags/resumable/clearTaskInstances", body)
    third = product.wait(lambda: waiting(3), "the cleared task waits")[2]
    assert third.split()[0] == "job-2"
    (system / "job-2").write_text("FAILED")
    fourth = product.wait(lambda: waiting(4), "the retry submits anew")[3]
    assert fourth.split()[0] == "job-3"
    (system / "job-3").write_text("DONE")
    assert product.finished(run)["state"] == "success"
