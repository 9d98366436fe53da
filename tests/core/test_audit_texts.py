"""Every event of the audit log has words on the pages."""

from __future__ import annotations

import ast
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITERS = {"record": 1, "_tell": 1, "LoggedEvent": 0}
"""Which argument names the event."""


def _entered() -> set[str]:
    """Names of events in the code: what writes them is called with one, or has one as its `event`."""
    found: set[str] = set()
    for path in [
        each for room in ("store", "services") for each in sorted((ROOT / "src/tradewind" / room).glob("*.py"))
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                place = WRITERS.get(getattr(node.func, "id", getattr(node.func, "attr", "")), 9)
                given = node.args[place : place + 1]
                found |= {
                    each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
            elif isinstance(node, ast.keyword) and node.arg == "event":
                if isinstance(node.value, ast.Constant):
                    found.add(str(node.value.value))
            elif isinstance(node, ast.Assign) and [getattr(name, "id", "") for name in node.targets] == ["event"]:
                values = [node.value] if not isinstance(node.value, ast.IfExp) else [node.value.body, node.value.orelse]
                found |= {
                    each.value for each in values if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return found


def test_every_event_has_words() -> None:
    texts = json.loads((ROOT / "ui/src/i18n/en/audit.json").read_text(encoding="utf-8"))["event"]
    entered = _entered()
    assert {"trigger_dag_run", "post_pool", "patch_variable", "create_xcom_entry", "runs_skipped"} <= entered
    assert entered - texts.keys() == set()
