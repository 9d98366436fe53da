"""Why a task instance of a case was skipped, in the words of tests/oracle/README.md: what Tradewind says, read from the
sentence that `explain` gives its users.  What Airflow left behind is read by tools/oracle/evidence.py.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from support.oracle_case import Case
from support.oracle_drive import Api

SENTENCES = (
    (r"skipped by task '(?P<about>[^']+)'", "decided by"),
    (r"trigger rule (?P<about>\w+): of \d+ upstream", "trigger_rule"),
    (r"a setup task that it needs did not succeed", "setup"),
    (r"there is nothing to map over", "empty_mapping"),
    (r"it maps over the result of task '[^']+', which is skipped", "mapped_over_skipped"),
    (r"the run took longer than its dagrun_timeout", "run_timeout"),
    (r"(another task|task '[^']+') failed and the DAG has fail_fast", "fail_fast"),
    (r"(the run was )?marked \w+", "marked"),
    (r"the task skipped itself: (soft|never)_fail: ", "soft_fail"),
)
"""How a sentence of Tradewind goes on after the task and how long it took, and the word for it."""


def raised(message: str, case: Case) -> str:
    """The word for a task that skipped itself: with what it said, if the DAG file says it and not an operator."""
    return f"raised: {message}" if message in case.path.read_text(encoding="utf-8") else "raised"


def why_skipped(api: Api, case: Case, dag_id: str, run_id: str, task: dict[str, Any]) -> list[str]:
    """The reason that Tradewind explains.  Raises LookupError for a sentence that has no word."""
    path = f"/api/tradewind/explain/dags/{dag_id}/dagRuns/{quote(run_id, safe='')}"
    path += f"/taskInstances/{quote(task['task_id'], safe='')}"
    sentence = api.call("GET", path, map_index=task["map_index"])["sentence"]
    about = re.fullmatch(r"`[^`]+` was skipped(?: after [^:]+)?: (?P<about>.*)", sentence, re.DOTALL)
    for pattern, word in SENTENCES:
        if about and (found := re.match(pattern, about["about"])):
            return [f"{word} {found['about']}" if "about" in found.groupdict() else word]
    if about and (said := re.match(r"the task skipped itself(?:: (?P<said>.*))?$", about["about"], re.DOTALL)):
        return [raised(said["said"], case) if said["said"] else "raised"]
    raise LookupError(f"no word for: {sentence}")
