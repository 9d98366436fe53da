"""What the pages say of errors in other languages is what is really raised, and nothing of the forms is left out.

The pages find an error's sentence again by its English text (`ui/src/i18n/en/wrong.json`): the texts there are compared
with all that the code raises, so that neither changes alone.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXTS = json.loads((ROOT / "ui/src/i18n/en/wrong.json").read_text(encoding="utf-8"))
SOURCES = ROOT / "src" / "tradewind"
FORMS = ("store/pools", "store/users", "store/rights", "store/questions", "server/access/me", "server/access/tokens")
"""Whose errors people meet in the forms of the pages: each is said in every language."""
NOT_OF_FORMS = {
    "a pool has no field {} that can be changed",
    "the entry of pool {} cannot be read",
    "the description of pool {} is {}",
    "include_deferred of pool {} is {}",
    "a right is to read or run DAGs by dag, pattern or tag, not to {} by {}",
    "run {} of DAG {} has no task instance {}",
}
"""Only programs send what these are about."""


def _skeleton(node: ast.expr) -> str | None:
    """The text with `{}` where something is put in."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            parts = [_skeleton(value) if isinstance(value, ast.Constant) else "{}" for value in values]
            return "".join(part for part in parts if part is not None)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return (_skeleton(left) or "{}") + (_skeleton(right) or "{}")
    return None


def _texts(path: Path) -> Iterator[tuple[str, bool]]:
    """Every text of the module; with whether it is what an error says."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            error = name.endswith(("Error", "Exception", "AlreadyExists"))
            for argument in [*node.args, *(word.value for word in node.keywords)]:
                said = _skeleton(argument)
                if said is not None:
                    yield said, error and argument in node.args
        elif isinstance(node, ast.JoinedStr | ast.Constant | ast.BinOp):
            said = _skeleton(node)
            if said is not None:
                yield said, False


def _pattern(text: str) -> str:
    return re.sub(r"{{\w+}}", "{}", text)


@pytest.fixture(scope="module")
def raised() -> set[str]:
    return {text for path in sorted(SOURCES.rglob("*.py")) for text, _ in _texts(path)}


@pytest.mark.parametrize("group", ["what", "fix"])
def test_each_text_is_one_that_is_raised(group: str, raised: set[str]) -> None:
    shapes = {re.sub(r"'\{\}'", "{}", text) for text in raised}
    # `see the users with: ...` and the like are told of many things: it is enough that some such text exists
    missing = {
        key: text
        for key, text in TEXTS[group].items()
        if _pattern(text) not in shapes
        and not any(
            re.fullmatch(re.escape(_pattern(text)).replace(r"\{\}", ".+"), shape, re.DOTALL) for shape in shapes
        )
    }
    assert missing == {}


@pytest.mark.parametrize("module", FORMS)
def test_what_forms_are_told_is_in_the_texts(module: str) -> None:
    known = {_pattern(text) for text in TEXTS["what"].values()}
    told = {text for text, error in _texts(SOURCES / f"{module}.py") if error and " " in text}
    assert told - known - NOT_OF_FORMS == set()
