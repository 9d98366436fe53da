"""What is said of DAG files that do not load, and of connections that were tested, has words in each language.

Pages find it again by its English text, as they do errors of the server (`test_wrong_texts.py`, whose look at the code
this uses): `ui/src/i18n/en/loading.json`.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import test_wrong_texts as wrong

from tradewind import errors
from tradewind.authoring import decorators, problems
from tradewind.authoring.import_errors import describe_error
from tradewind.errors import DagAuthoringError
from tradewind.loading import texts
from tradewind.runtime.zygote import Exited

ENGLISH = json.loads((wrong.ROOT / "ui/src/i18n/en/loading.json").read_text(encoding="utf-8"))
PATTERNS = {
    group: {key: wrong._pattern(text) for key, text in ENGLISH[group].items()} for group in ("what", "fix", "part")
}
CONNECTIONS = (
    "server/api/connection_tests.py", "loading/parse.py", "loading/child.py", "services/errands.py",
    "store/errands.py", "authoring/connection.py", "authoring/hook_types.py", "authoring/sql.py", "authoring/s3.py",
)  # fmt: skip
"""Modules that say how a test of a connection went."""
AS_IT_IS = {
    "{}: {}": "what was raised, after its class",
    "DAG {}: {}": "what was raised, after its DAG",
    "task {}: {}": "what the timetable said, after its task",
    "{}: {} {} {}": "`given in partial() already`, of one argument or several",
    "{} has {}": "`schedule=…` and what else was given",
    "{} is {}": "what is blank",
    "{} lacks the argument{} {}": "of one argument or several",
    "DAG {} has a task or task group with the id {} already{}": "with a line or without",
    "the {} {} contains {}; only {} are allowed": "with dots or without",
    "the cron expression {} has {} field{}, it needs five": "of one field or several",
}
"""Texts with pieces that are words themselves: how they are said is tested below."""
SAID = [
    "task 'a': 'x' is given in partial() already", "task 'a': 'x', 'y' are given in partial() already",
    "DAG 'a' has schedule='@daily' and timetable=<T>", "DAG 'a' has schedule_interval='@daily' and timetable=<T>",
    "the name of an Asset is ''", "PythonOperator 'a' lacks the argument 'python_callable'",
    "PythonOperator 'a' lacks the arguments 'x', 'y'",
    "DAG 'a' has a task or task group with the id 'b' already",
    "DAG 'a' has a task or task group with the id 'b' already (line 3)",
    "the dag_id 'a b' contains ' '; only letters, digits, dashes, dots and underscores are allowed",
    "the group_id 'a.b' contains '.'; only letters, digits, dashes and underscores are allowed",
    "the cron expression '* *' has 2 fields, it needs five", "the cron expression '*' has 1 field, it needs five",
]  # fmt: skip
PARTS = [
    "task 'a'", "task group 'a'", "DAG 'a'", "the name of an Asset", "the uri of an Asset", "the uri of Asset 'a'",
    "the name of Asset.ref", "the group of an Asset", Exited(7, 3, None).sentence(), Exited(7, None, 9).sentence(),
    "it wrote into the socket of its loader (bad frame)", "it has no default, and scheduled runs are given no value",
]  # fmt: skip
"""Pieces of such texts."""


def _has_words(group: str, text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern in PATTERNS[group].values())


def _halves(message: str) -> list[tuple[str, str]]:
    what, *fix = message.split("; fix: ")
    return [("what", what), *(("fix", each) for each in fix)]


def _kind(name: str) -> type | None:
    found = next((vars(module)[name] for module in (errors, problems, decorators) if name in vars(module)), None)
    return found if isinstance(found, type) else None


@cache
def _raised() -> tuple[tuple[str, str, str], ...]:
    """(place, group, text) of every error about a DAG file."""
    return tuple(_of_modules())


def _of_modules() -> Iterator[tuple[str, str, str]]:
    for path in sorted(wrong.SOURCES.rglob("*.py")):
        relative = path.relative_to(wrong.SOURCES).as_posix()
        if not relative.startswith(("authoring/", "core/timetables/")):
            continue
        known: dict[str, list[str]] = {}
        for node in ast.walk(wrong._tree(path)):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                said = [text for text in wrong._skeleton(node.value, {}) if not text.startswith("<")]
                known.setdefault(node.targets[0].id, []).extend(said)
        for node in ast.walk(wrong._tree(path)):
            if not isinstance(node, ast.Call) or not issubclass(_kind(wrong._called(node)) or int, DagAuthoringError):
                continue
            what = [("what", each) for each in node.args[:1]]
            fix = [("fix", each.value) for each in node.keywords if each.arg == "fix"]
            for group, code in [*what, *fix]:
                yield from ((f"{relative}:{node.lineno}", group, text) for text in wrong._skeleton(code, known))


def test_each_error_about_a_dag_file_has_words() -> None:
    assert len(_raised()) > 400, "they are found"
    without = [
        f"{place}: {group}: {text}"
        for place, group, text in _raised()
        if not text.startswith("<") and text not in AS_IT_IS and not _has_words(group, text)
    ]
    assert without == [], "give them words in ui/src/i18n/*/loading.json"


def test_texts_of_pieces_have_words_as_they_are_said() -> None:
    assert [text for text in SAID if not _has_words("what", text)] == []
    assert [text for text in PARTS if not _has_words("part", text)] == []
    there = {text for _, _, text in _raised()} | set(_answers())
    assert [text for text in AS_IT_IS if text not in there] == []


@cache
def _ends() -> list[str]:
    """What is said of files that end badly."""
    return [
        message
        for line in (None, 3)
        for message in (
            texts.timeout_message("a.py", 30.0, line),
            texts.exit_message("a.py", 1, line),
            *(texts.crash_message("a.py", "it ended", signal, line) for signal in ("", "SIGKILL", "SIGSEGV")),
            texts.duplicate_message("etl", "a.py", line, "b.py"),
        )
    ]


MODULES = ["pandas", "airflow.hooks.S3_hook", "airflow.providers.http.hooks", "airflow.example_dags.x", "airflow.gone"]


@cache
def _missing(module: str) -> str:
    error = ModuleNotFoundError(f"No module named {module!r}", name=module)
    return describe_error(error, Path("/dags/a.py")).message


def test_each_end_of_a_dag_file_has_words() -> None:
    assert [half for message in _ends() for half in _halves(message) if not _has_words(*half)] == []


@pytest.mark.parametrize("module", MODULES)
def test_what_helps_when_a_module_is_missing_has_words(module: str) -> None:
    (_, fix) = _halves(_missing(module))
    assert _has_words(*fix), fix


def _answers() -> Iterator[str]:
    """What is returned, or handed on, beside True or False; `status=…, message=…`; what is raised about connections."""
    for module in CONNECTIONS:
        path = wrong.SOURCES / module
        for node in ast.walk(wrong._tree(path)):
            if isinstance(node, ast.Tuple) and len(node.elts) == 2:
                good, text = node.elts
                if isinstance(good, ast.Constant) and isinstance(good.value, bool):
                    yield from wrong._skeleton(text, {})
            if isinstance(node, ast.Call):
                told = {each.arg: each.value for each in node.keywords}
                if {"status", "message"} <= told.keys():
                    yield from wrong._skeleton(told["message"], {})
                if wrong._called(node) == "end_test" and isinstance(node.args[1], ast.Constant):
                    yield from wrong._skeleton(node.args[2], {})
        if module.startswith("authoring/"):
            yield from (said.text for said in wrong._said(path) if said.group == "what")


def test_each_answer_of_a_test_of_a_connection_has_words() -> None:
    found = [text for text in _answers() if text and not text.startswith("<")]
    assert len(found) > 15
    assert [text for text in found if text not in AS_IT_IS and not _has_words("what", text)] == []


def test_no_words_are_left_over() -> None:
    rooms = ("authoring", "core/timetables", "loading", "store", "services", "server/api")
    sources = [path for room in rooms for path in (wrong.SOURCES / room).rglob("*.py")]
    everything = {text for path in sources for text in wrong._all_texts(path)}
    everything |= {text for _, _, text in _raised()} | set(SAID) | set(PARTS)
    everything |= {half for message in [*_ends(), *map(_missing, MODULES)] for _, half in _halves(message)}
    left = []
    for group, patterns in PATTERNS.items():
        for key, pattern in patterns.items():
            piece = max(re.split(r"{{\w+}}", ENGLISH[group][key]), key=len)
            if not any(piece in text and pattern.fullmatch(text) for text in everything):
                left.append(f"{group}.{key}")
    assert left == []
