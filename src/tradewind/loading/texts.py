"""What is said of DAG files that end badly, each with its fix.  Used by `parse`, `child` and `index`."""

from __future__ import annotations


def _at(line: int | None) -> str:
    return f" at line {line}" if line else ""


def timeout_message(relative: str, limit: float, line: int | None) -> str:
    """The file does not finish loading; `limit` in seconds."""
    return (
        f"{relative} was stopped{_at(line)}: loading it took longer than {limit:g} seconds; "
        "fix: move slow work (queries, downloads, waiting) from the top level of the file into a task, or "
        "raise the limit with AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT"
    )


def exit_message(relative: str, code: object, line: int | None) -> str:
    """The file calls `sys.exit`, or raises SystemExit, while it is loaded."""
    call = f"sys.exit({'' if code is None else repr(code)})"
    return (
        f"{relative} ends the Python process{_at(line)} while it is loaded: {call}; "
        "fix: remove the call, or put it below `if __name__ == '__main__':`"
    )


def crash_message(relative: str, ended_by: str, signal_name: str, line: int | None) -> str:
    """The child process is gone without a report; `signal_name` is empty when no signal ended it."""
    match signal_name:
        case "":
            fix = "look for os._exit() in the file and the modules it imports; DAGs must be loaded to the end"
        case "SIGKILL":
            fix = "look at the memory the file needs while it is loaded: the system kills the largest process"
        case _:
            fix = "a library written in C crashed: import it inside the task that needs it, or upgrade it"
    return f"loading {relative} ended its process{_at(line)}: {ended_by}; fix: {fix}"


def duplicate_message(dag_id: str, relative: str, line: int | None, owner: str) -> str:
    """Two files define the same DAG; `owner` is the file that has it already."""
    return (
        f"DAG {dag_id!r}{_at(line)} of {relative} is defined in {owner} already; that one is kept; "
        "fix: give one of them another dag_id, or delete the file that is not needed"
    )
