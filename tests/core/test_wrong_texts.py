"""Every error that a page can show has words in each language, and no words are there for what nothing says.

Pages find an error's sentence again by its English text, as translations with gettext do (`ui/src/i18n/en/wrong.json`).
The tests walk over all places of the code that make an error: a text without words fails, unless a list here says why
no page can show it.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from pydantic_core._pydantic_core import list_all_errors

from tradewind.server.app import create_app
from tradewind.store import Store

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {path.parent.name: path for path in sorted((ROOT / "ui/src/i18n").glob("*/wrong.json"))}
TEXTS = {language: json.loads(path.read_text(encoding="utf-8")) for language, path in LANGUAGES.items()}
ENGLISH = TEXTS["en"]
SOURCES = ROOT / "src" / "tradewind"

NOT_ON_PAGES = {
    "authoring/": "raised while a DAG file or a task runs: part of its traceback, which is shown as it is",
    "runtime/": "raised in the process of a task: part of its log, which is shown as it is",
    "cli/": "for the terminal",
    "settings/": "a service with wrong settings does not start: for the terminal",
    "bootstrap.py": "a service with wrong settings does not start: for the terminal",
    "services/process.py": "a server that cannot listen shows no pages: for the terminal",
    "services/standalone.py": "for the terminal of `tradewind standalone`",
    "services/task_api.py": "answers to tasks: part of their logs",
    "store/task_actions.py": "answers to tasks: part of their logs",
    "store/retention.py": "for `tradewind db clean`",
    "spec/serde.py": "what a task pushes or pulls: part of its log",
    "executors/": "for the log of the scheduler",
    "loading/": "for the log of the DAG processor; what it says of DAG files is `loading/texts.py`",
}
"""What begins so, and why no page shows it."""
BUGS = ("AssertionError", "AttributeError", "IndexError", "KeyError", "LookupError", "TypeError")
"""Pages say `internal error` of these."""
TEXT_AT = {"HTTPException": 1, "server/guard.py Refused": 1, "core/assets.py Refused": 2}
"""Which argument is the text where it is not the first."""
ERRORS = ("Error", "Exception", "AlreadyExists", "Refused", "Invalid", "BadRequest")
MAKERS = ("unprocessable", "unknown")
"""Functions that make an error of a text."""
NOT_SAID = {
    "<answer.refused>": "what the code of a user's mapper raised",
    "<str(error)>": "of an error that was made elsewhere",
    "<problem>": "`find` and `one` in `store/reads/assets.py` say it",
    "<error.message>": "of an error that was made elsewhere",
    "<error.fix>": "of an error that was made elsewhere",
    "<describe(error)>": "of an error that was made elsewhere",
    "<near(name, known, fallback=fallback)>": "`near` in `fix`, or a `fallback`",
    "<[{'type': 'value_error', 'loc': place, 'msg': text}]>": "`unprocessable`",
    "{} cannot be queued without the id of its attempt": "a bug of the scheduler, in its log",
    "an attempt that is {} cannot be {}": "a bug of the scheduler, in its log",
    "task {} cannot be expanded by a view that cannot name instances": "a bug of the scheduler, in its log",
    "a statement that cannot be limited to the DAGs of a user was not run": "a bug, in the log of the server",
    "{}: its file is not what was written there": "the answer has begun and breaks off: in the log of the server",
    "attempt {} is no longer the running attempt of its task: the XCom {} was not stored": "told to a task",
    "attempt {} is no longer the running attempt of its task: its state store is closed to it": "told to a task",
    "the database {} is of a kind that Tradewind cannot use: {}": "no service starts: for the terminal",
    "the database {} is not a plain file, and several processes must share it": "no service starts: for the terminal",
    "this Python comes with SQLite {}, and RETURNING needs 3.35 or newer": "no service starts: for the terminal",
    "the database URL cannot be understood": "no service starts: for the terminal",
    "the driver for {} is not installed": "no service starts: for the terminal",
    "the server closed the connection": "asked again on a new connection",
}
"""Texts that need no words, and why.  `<...>` is code that no text can be read from."""
FIXES_OF_NO_SERVICE = {
    "use sqlite:////path/to/tradewind.db or postgresql://user:password@host:5432/database",
    "name a file, e.g. sqlite:////home/me/.tradewind/tradewind.db",
    "use another Python (e.g. one installed by uv), or a PostgreSQL database",
    "write it as sqlite:////path/to/tradewind.db or postgresql://user:password@host:5432/database",
    "pip install 'psycopg[binary]'",
}
"""No service starts: for the terminal."""


class Said(NamedTuple):
    place: str
    group: str
    """`what` is said, or the `fix`."""
    text: str
    """With `{}` where something is put in."""


def _skeleton(node: ast.expr, known: Mapping[str, list[str]]) -> list[str]:
    """The texts that an expression can be; `<code>` for what cannot be told."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.BoolOp(op=ast.Or(), values=values):
            return [text for value in values for text in _skeleton(value, known)]
        case ast.JoinedStr(values=values):
            texts = [""]
            for value in values:
                if isinstance(value, ast.Constant):
                    texts = [text + str(value.value) for text in texts]
                else:
                    assert isinstance(value, ast.FormattedValue)
                    # a piece of a sentence with its own words: `{looks}: …` is found again by what is around it
                    texts = [text + "{}" for text in texts]
            return texts
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return [
                ("{}" if one.startswith("<") else one) + ("{}" if other.startswith("<") else other)
                for one in _skeleton(left, known)
                for other in _skeleton(right, known)
            ]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_skeleton(body, known), *_skeleton(orelse, known)]
        case ast.Name(id=name) if name in known:
            return known[name]
    return [f"<{ast.unparse(node)}>"]


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def _said(path: Path) -> Iterator[Said]:
    """What the errors that this module makes say."""
    relative = path.relative_to(SOURCES).as_posix()
    tree = _tree(path)
    known: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            texts = [text for text in _skeleton(node.value, {}) if not text.startswith("<")]
            if texts:
                known.setdefault(node.targets[0].id, []).extend(texts)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = _called(node)
        if not name.endswith(ERRORS) and name not in MAKERS:
            continue
        if name in BUGS or name == "RunRefused" or (name == "ValueError" and not relative.startswith("server/models/")):
            continue
        place = f"{relative}:{node.lineno}"
        at = TEXT_AT.get(f"{relative} {name}", TEXT_AT.get(name, 0))
        if name != "unknown" and len(node.args) > at:
            yield from (Said(place, "what", text) for text in _skeleton(node.args[at], known))
        for keyword in node.keywords:
            if keyword.arg in ("fix", "fallback"):
                yield from (Said(place, "fix", text) for text in _skeleton(keyword.value, known))


@pytest.fixture(scope="module")
def said() -> list[Said]:
    return [each for path in sorted(SOURCES.rglob("*.py")) for each in _said(path)]


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".+?".join(re.escape(part) for part in re.split(r"{{\w+}}", text)), re.DOTALL)


PATTERNS = {group: {key: _pattern(text) for key, text in texts.items()} for group, texts in ENGLISH.items()}


def _has_words(group: str, text: str) -> bool:
    # as it is said: something stands in the places, between the quotes of `!r` or not
    return any(pattern.fullmatch(text) for pattern in PATTERNS[group].values())


def test_each_error_that_a_page_can_show_has_words(said: list[Said]) -> None:
    without = [
        f"{each.place}: {each.group}: {each.text}"
        for each in said
        if not each.place.startswith(tuple(NOT_ON_PAGES))
        and each.text not in NOT_SAID
        and each.text not in FIXES_OF_NO_SERVICE
        and not _has_words(each.group, each.text)
    ]
    assert without == [], "give them words in ui/src/i18n/*/wrong.json, or say here why no page shows them"


def test_the_exceptions_are_there(said: list[Said]) -> None:
    texts = {each.text for each in said}
    assert [text for text in [*NOT_SAID, *FIXES_OF_NO_SERVICE] if text not in texts] == []
    assert [begin for begin in NOT_ON_PAGES if not any(each.place.startswith(begin) for each in said)] == []


def test_no_words_are_left_over(said: list[Said]) -> None:
    everything = {text for path in sorted(SOURCES.rglob("*.py")) for text in _all_texts(path)}
    for group in ("what", "fix", "part"):
        texts = {each.text for each in said if each.group == group}
        left = {
            key: pattern
            for key, pattern in PATTERNS[group].items()
            if not any(pattern.fullmatch(text) for text in texts)
        }
        assert [key for key, pattern in left.items() if not any(pattern.fullmatch(text) for text in everything)] == []


def _all_texts(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.JoinedStr | ast.Constant | ast.BinOp):
            yield from (text for text in _skeleton(node, {}) if not text.startswith("<"))


FIELDS = json.loads((ROOT / "ui/src/i18n/fields.json").read_text(encoding="utf-8"))
"""What is said of the fields of requests, by the names of Pydantic."""


def test_what_is_said_of_fields_is_what_pydantic_says() -> None:
    said = {error["type"]: error["message_template_python"] for error in list_all_errors()}
    said["json_invalid"] = "JSON decode error"  # as FastAPI has it
    for kind, text in FIELDS.items():
        holes = re.sub(r"\{\{?(?!expected_plural|s\})\w+\}?\}", "{}", said[kind]).replace("{expected_plural}", "{s}")
        assert re.sub(r"\{\{(\w+)\}\}", lambda hole: "{s}" if hole[1] == "s" else "{}", text) == holes, kind


CHECKS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("any", "default", "definitions", "definition-ref", "json-or-python", "lax-or-strict"), ()),
    **dict.fromkeys(("no-info", "nullable", "union"), ()),
    **dict.fromkeys((f"function-{how}" for how in ("after", "before", "plain", "wrap")), ("value_error",)),
    "bool": ("bool_type", "bool_parsing"),
    "date": ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
    "datetime": ("datetime_type", "datetime_parsing", "datetime_from_date_parsing"),
    "dict": ("dict_type", "invalid_key"),
    "enum": ("enum",),
    "float": ("float_type", "float_parsing", "finite_number"),
    "int": ("int_type", "int_parsing", "int_from_float", "int_parsing_size"),
    "list": ("list_type",),
    "literal": ("literal_error",),
    "model": ("model_type", "model_attributes_type"),
    "model-field": ("missing",),
    "model-fields": ("extra_forbidden",),
    "none": ("none_required",),
    "set": ("set_type",),
    "str": ("string_type", "string_unicode"),
    "tagged-union": ("union_tag_invalid", "union_tag_not_found"),
    "tuple": ("tuple_type",),
    "uuid": ("uuid_type", "uuid_parsing"),
}
"""What a value is checked for by its type, and ..."""
LIMITS = {
    "ge": "greater_than_equal", "gt": "greater_than", "le": "less_than_equal", "lt": "less_than",
    "pattern": "string_pattern_mismatch",
}  # fmt: skip
"""... by its limits."""


def _checks(schema: Any) -> Iterator[str]:
    """The kinds of errors that this schema of Pydantic's core can make."""
    if isinstance(schema, dict):
        kind = schema.get("type")
        if isinstance(kind, str):
            yield from CHECKS.get(kind, (f"the type {kind}",))
            yield from (LIMITS[limit] for limit in LIMITS if limit in schema)
            words = ("string_too_short", "string_too_long") if kind == "str" else ("too_short", "too_long")
            yield from (
                word for limit, word in zip(("min_length", "max_length"), words, strict=True) if limit in schema
            )
        for name, part in schema.items():
            if name not in ("metadata", "serialization", "default", "expected", "type"):
                yield from _checks(part)
    elif isinstance(schema, list | tuple):
        for part in schema:
            yield from _checks(part)


def test_each_thing_that_requests_are_checked_for_has_words(tmp_path: Path) -> None:
    found = set()
    with Store(f"sqlite:///{tmp_path}/none.db") as store:
        routes = create_app(store, log_folder=tmp_path).routes
    for route in routes:
        if isinstance(route, APIRoute):
            of = route.dependant
            for field in [*of.path_params, *of.query_params, *of.body_params]:
                found |= set(_checks(TypeAdapter(field.field_info.rebuild_annotation()).core_schema))
    assert {"missing", "greater_than_equal", "value_error"} <= found
    assert found - FIELDS.keys() == set()
