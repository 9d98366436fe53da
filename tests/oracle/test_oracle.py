"""Tradewind decides as Airflow does: every DAG file of `dags/` on the running product, compared with what real Airflow
made of it (`outcomes/`, written by `tools/oracle/record.py`).  See README.md.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
import yaml

from support.oracle_case import DAGS, ORACLE, PLUGINS, Case, all_cases
from support.oracle_drive import Api, Driver, NotEndedError
from support.oracle_outcome import Side, Stored, collect, differences
from support.oracle_skips import why_skipped
from support.product import Product

CASES = {case.name: case for case in all_cases()}
KNOWN: dict[str, dict[str, Any]] = yaml.safe_load((ORACLE / "differences.yaml").read_text(encoding="utf-8")) or {}
PENDING = {
    line.split("#")[0].strip(): line.partition("#")[2].strip()
    for line in (ORACLE / "pending.txt").read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
}
AT_ONCE = 16
READ_SECONDS = 60.0


@dataclass(slots=True)
class Replay:
    """What Tradewind made of each case, or why it did not come to an end."""

    outcomes: dict[str, dict[str, Any]] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)

    def look(self, api: Api, case: Case, trace: Path, stored: Stored) -> None:
        """Collect what became of a case."""

        def collected() -> None:
            self.outcomes[case.name] = collect(Side(api, partial(why_skipped, api, case), stored), case, trace)

        if trouble := _trouble(collected):
            self.troubles[case.name] = trouble


def _drive(api: Api, case: Case, trace: Path, errors: dict[str, str]) -> str:
    """Why a case did not come to its end, or nothing."""
    if case.path.name in errors:
        return errors[case.path.name]
    patience = 0.1 if case.name in PENDING else 1.0  # a pending case is expected to hang
    return _trouble(lambda: Driver(api, case, trace, patience=patience).run())


def _trouble(act: Callable[[], Any]) -> str:
    try:
        act()
    except (NotEndedError, HTTPError, LookupError) as error:
        return f"{error} {' '.join(getattr(error, '__notes__', ()))}"
    return ""


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Replay]:
    """All chosen cases, side by side on one product."""
    cases = [CASES[item.callspec.params["name"]] for item in request.session.items if _is_case(item)]
    folder, trace = tmp_path_factory.mktemp("oracle") / "dags", tmp_path_factory.mktemp("trace")
    folder.mkdir()
    for path in [*DAGS.glob("_*.py"), *(case.path for case in cases)]:
        shutil.copy(path, folder)
    env = {
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
        "AIRFLOW__CORE__PARALLELISM": "8",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PLUGINS),
        "ORACLE_TRACE": str(trace),
    }
    with Product(tmp_path_factory.mktemp("home"), folder, env=env) as product:
        api = Api(product.port, pause=0.2)
        errors: dict[str, str] = {}

        def unread() -> set[str]:
            """Files that were read neither well nor badly."""
            found = api.all("/api/v2/importErrors", "import_errors")
            errors.update((Path(one["filename"]).name, one["stack_trace"]) for one in found)
            known = {dag["dag_id"] for dag in api.all("/api/v2/dags", "dags")}
            return {case.name for case in cases if case.path.name not in errors and not known >= set(case.dag_ids)}

        with contextlib.suppress(NotEndedError):
            api.wait(lambda: not unread(), "all files read", READ_SECONDS)
        errors.update((f"{name}.py", f"{name}.py was read, but its DAGs are not there") for name in unread())
        replay = Replay()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            troubles = pool.map(lambda case: _drive(api, case, trace, errors), cases)
            for case, trouble in zip(cases, troubles, strict=True):
                if trouble:
                    replay.troubles[case.name] = trouble
        for case in cases:  # after all: a run too many has had its time
            if case.name not in replay.troubles:
                replay.look(api, case, trace, _stored(product.home / "tradewind.db"))
        yield replay


def _stored(database: Path) -> Stored:
    columns = ("dag_id", "run_id", "task_id", "map_index", "key")

    def value(entry: dict[str, Any]) -> Any:
        with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            query = f"SELECT value FROM xcom WHERE {' AND '.join(f'{column} = ?' for column in columns)}"
            [[text]] = connection.execute(query, [entry[column] for column in columns]).fetchall()
        return json.loads(text)

    return value


def _is_case(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and item.originalname == "test_case"


def _told(found: dict[str, tuple[Any, Any]]) -> str:
    return "\n".join(
        f"  {path}\n    Airflow:   {_value(airflow)}\n    Tradewind: {_value(tradewind)}"
        for path, (airflow, tradewind) in found.items()
    )


def _value(value: Any) -> str:
    return "(nothing)" if value is ... else repr(value)


@pytest.mark.timeout(1200)  # of all cases: each gives up when nothing happens any more
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=PENDING[name])) if name in PENDING else name
        for name in CASES
    ],
)
def test_case(replay: Replay, name: str) -> None:
    if not CASES[name].outcome_path.exists():
        pytest.fail(f"{name} was not recorded, see tools/oracle/record.py", pytrace=False)
    if name in replay.troubles:
        pytest.fail(f"{name} did not come to its end on Tradewind: {replay.troubles[name]}", pytrace=False)
    recorded = CASES[name].outcome()
    recorded.pop("airflow")
    found = differences(recorded, replay.outcomes[name])
    for path, known in KNOWN.get(name, {}).items():
        both = (known.get("airflow", ...), known.get("tradewind", ...))
        if found.get(path) != both:
            pytest.fail(f"{name}: the known difference {path} is {found.get(path)} now, not {both}", pytrace=False)
        del found[path]
    if found:
        pytest.fail(f"{name}: Tradewind decides otherwise than Airflow\n{_told(found)}", pytrace=False)


def test_another_reason_for_a_skip_is_a_difference() -> None:
    """One of Airflow's reasons will do; one that it did not have will not, nor will none."""

    def outcome(*words: str) -> dict[str, Any]:
        return {"tasks": {"work": {"state": "skipped", "skip": list(words)}}}

    airflow = outcome("decided by choose", "trigger_rule all_success")
    path = "/tasks/work/skip"
    assert not differences({"run": airflow}, {"run": outcome("trigger_rule all_success")})
    for other in (outcome("raised"), outcome("trigger_rule all_success", "marked"), outcome()):
        assert list(differences({"run": airflow}, {"run": other})) == [f"run{path}"]


def test_every_skip_has_its_reason() -> None:
    """No recorded task is skipped for a reason that nobody knows."""
    for name, case in CASES.items():
        for run in (run for dag in case.outcome()["dags"].values() for run in dag["runs"].values()):
            for task_id, task in run["tasks"].items():
                assert ("skip" in task) == (task["state"] == "skipped"), f"{name} {task_id}"


def test_lists_name_cases() -> None:
    """What is pending or decided otherwise is a case, and every outcome has its file."""
    assert set(PENDING) <= set(CASES)
    assert set(KNOWN) <= set(CASES)
    assert {path.stem for path in (ORACLE / "outcomes").glob("*.json")} <= set(CASES)
    for name, known in KNOWN.items():
        for path, difference in known.items():
            page = ORACLE.parents[1] / "docs" / "decisions" / difference["decision"]
            assert page.is_file(), f"{name} {path}: {page.name} is no decision"
