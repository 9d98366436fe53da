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
