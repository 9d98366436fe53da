"""One case of the oracle: a DAG file, what drives it, and where its outcome lies.  For the recorder and the replay.

The `#:` lines (YAML) at the head of a file of `tests/oracle/dags/` say how it is driven, see tests/oracle/README.md.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ORACLE = Path(__file__).parents[1] / "oracle"
DAGS, OUTCOMES, PLUGINS = ORACLE / "dags", ORACLE / "outcomes", ORACLE / "plugins"
DAY = "2024-03-05T00:00:00Z"
KEYS = {
    "connections",
    "dags",
    "drive",
    "dates",
    "order",
    "overlap",
    "paused",
    "pools",
    "record",
    "runs",
    "seconds",
    "trace",
    "variables",
}
RECORDS = {"assets", "ids", "next", "paused", "questions", "run_order", "upstream_events", "weights"}


@dataclass(slots=True)
class Case:
    """What the head of a DAG file says."""

    path: Path
    dag_ids: list[str]
    drive: list[dict[str, Any]]
    """Steps, in order; each a mapping of one word to its arguments."""
    dates: bool | str = True
    """Whether dates of runs are the same each time; without, they come from the clock and are not recorded; `logical`
    where only the intervals come from the clock."""
    order: bool = False
    """Record the order in which the tasks of each run start."""
    overlap: bool | str = False
    """Record how many tasks of the case run at once at most; `exact` where they surely do."""
    paused: list[str] = field(default_factory=list)
    connections: dict[str, dict[str, Any]] = field(default_factory=dict)
    pools: dict[str, int] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    record: set[str] = field(default_factory=set)
    runs: int = 0
    """Record only so many runs, the earliest; 0 for all."""
    trace: str = "ordered"
    """`sorted` where the order of what is traced is not decided."""
    seconds: float = 60.0
    """How long each wait may take."""

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def outcome_path(self) -> Path:
        return OUTCOMES / f"{self.name}.json"

    def outcome(self) -> dict[str, Any]:
        """What Airflow made of it.  Raises FileNotFoundError when it was not recorded."""
        found: dict[str, Any] = json.loads(self.outcome_path.read_text(encoding="utf-8"))
        return found


def read_case(path: Path) -> Case:
    """The case of a DAG file.  Raises ValueError for a head that says nothing or says what nobody knows."""
    text = path.read_text(encoding="utf-8")
    head = yaml.safe_load("\n".join(line[3:] for line in text.splitlines() if line.startswith("#: "))) or {}
    if unknown := set(head) - KEYS:
        raise ValueError(f"{path.name}: unknown words in the head: {', '.join(sorted(unknown))}")
    record = set(head.get("record", ()))
    if unknown := record - RECORDS:
        raise ValueError(f"{path.name}: unknown words in `record`: {', '.join(sorted(unknown))}")
    dag_ids = head.pop("dags", None) or [path.stem]
    drive = head.pop("drive", None) or [{"trigger": {"dag": dag_id}} for dag_id in dag_ids]
    steps = [step if isinstance(step, dict) else {step: {}} for step in drive]
    if not re.search(r'^"""', text, re.MULTILINE):
        raise ValueError(f"{path.name} has no docstring that says what it proves")
    return Case(path, dag_ids, steps, **{**head, "record": record})


def all_cases() -> list[Case]:
    """Every case, by name.  A file whose name begins with `_` is no case: the others import it."""
    return [read_case(path) for path in sorted(DAGS.glob("*.py")) if not path.name.startswith("_")]
