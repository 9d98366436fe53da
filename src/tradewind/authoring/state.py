"""Work that outlives a try of its task: `NEVER_EXPIRE` and `ResumableJobMixin`.  Airflow: `airflow.sdk`.

The task's state store (`context["task_state_store"]`) is where a try leaves what the next one needs.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

NEVER_EXPIRE = timedelta.max
"""`retention` of an entry that is kept as long as its run."""


class ResumableJobMixin:
    """For operators that submit one job to another system and wait for it.

    The id of the job is stored before the wait begins.  When the worker dies or the try fails, the next one finds it
    and waits on for the same job, takes the result of one that succeeded meanwhile, and submits anew only after one
    that failed.  `execute` calls `execute_resumable`; the subclass implements the six methods below.  A crash in the
    instant between the submission and the storing of its id submits again.

    class MyOperator(ResumableJobMixin, BaseOperator): ...
    """

    external_id_key: str = "remote_job_id"
    """Key of the job's id in the state store; changing it loses sight of jobs that run."""
    durable: bool = True
    log: Any

    def __init__(self, *, durable: bool = True, **kwargs: Any) -> None:
        """`durable` false: every try submits a job of its own."""
        super().__init__(**kwargs)
        self.durable = durable

    def execute_resumable(self, context: Any) -> Any:
        """Submit or resume, wait, and give the job's result."""
        store = context.get("task_state_store") if self.durable else None
        job = store.get(self.external_id_key) if store is not None else None
        if job is not None:
            status = self.get_job_status(job, context)
            if self.is_job_active(status):
                self.log.info("Job %s of an earlier try is %s: waiting for it", job, status)
                self.poll_until_complete(job, context)
                return self.get_job_result(job, context)
            if self.is_job_succeeded(status):
                self.log.info("Job %s of an earlier try is %s: taking its result", job, status)
                return self.get_job_result(job, context)
            self.log.warning("Job %s of an earlier try is %s: submitting a new one", job, status)
        job = self.submit_job(context)
        if store is not None and job is not None:
            store.set(self.external_id_key, job)
        self.poll_until_complete(job, context)
        return self.get_job_result(job, context)

    def submit_job(self, context: Any) -> Any:
        """Start the job; returns its id, as JSON can hold it.  None: it has none and cannot be resumed."""
        raise NotImplementedError(f"{type(self).__name__} does not implement submit_job(self, context)")

    def get_job_status(self, external_id: Any, context: Any) -> str:
        """The other system's word for the state of the job."""
        raise NotImplementedError(
            f"{type(self).__name__} does not implement get_job_status(self, external_id, context)"
        )

    def is_job_active(self, status: str) -> bool:
        """Whether a job with this state still runs, or waits to run."""
        raise NotImplementedError(f"{type(self).__name__} does not implement is_job_active(self, status)")

    def is_job_succeeded(self, status: str) -> bool:
        """Whether a job with this state is done and well."""
        raise NotImplementedError(f"{type(self).__name__} does not implement is_job_succeeded(self, status)")

    def poll_until_complete(self, external_id: Any, context: Any) -> None:
        """Wait for the end of the job.  Raise when it fails."""
        raise NotImplementedError(
            f"{type(self).__name__} does not implement poll_until_complete(self, external_id, context)"
        )

    def get_job_result(self, external_id: Any, context: Any) -> Any:
        """The result of a job that is done; None when it has none."""
        return None
