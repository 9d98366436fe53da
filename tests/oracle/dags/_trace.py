"""Lets callbacks and tasks of the cases leave a line behind, which the outcome holds."""

import os
import time
from pathlib import Path


def leave(case, line):
    """Append a line to the trace of a case, in one write: several processes may do so at once."""
    path = Path(os.environ["ORACLE_TRACE"]) / case
    with path.open("ab", buffering=0) as file:
        file.write(f"{line}\n".encode())


def wait_for(case, line, seconds=60):
    """Wait until a line is in the trace of a case.  Raises TimeoutError."""
    path = Path(os.environ["ORACLE_TRACE"]) / case
    until = time.monotonic() + seconds
    while not path.exists() or line not in path.read_text().splitlines():
        if time.monotonic() > until:
            raise TimeoutError(line)
        time.sleep(0.1)


def pace(seconds):
    """A short wait, as long as the side needs that it is on: Airflow takes seconds to hear of the end of a process."""
    return seconds * float(os.environ.get("ORACLE_PACE", "1"))


def folder(case):
    """The folder in which the steps of a case make files."""
    return os.path.join(os.environ["ORACLE_TRACE"], f"{case}.files")


def first_time(case, key):
    """Whether this is asked for the first time about `key`."""
    path = Path(os.environ["ORACLE_TRACE"]) / f"{case}.{key}"
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def deadline_missed(case, line, context=None):
    """A callback of a deadline: it has the run as the API tells it."""
    leave(case, f"{line} {context['dag_run']['dag_run_id']}")
