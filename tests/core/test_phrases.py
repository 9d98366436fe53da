"""Sentences that are data: what is said in English is said by key, and each language has all of it."""

from __future__ import annotations

import ast
import copy
import json
import pickle
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tradewind.core.phrase_texts import ENGLISH
from tradewind.core.phrases import Names, Parts, Phrase, Seconds, StateWord, names, say, since

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "ui" / "src" / "i18n"
NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
PLURAL = re.compile(r"_(one|other)$")


def flat(texts: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in texts.items():
        if isinstance(value, dict):
            yield from flat(value, f"{path}{key}.")
        else:
            yield path + key, value


def told(language: str) -> dict[str, str]:
    """All texts of a language by key."""
    return {
        key: text
        for name in ("said", "waits", "rhythm", "recorded")
        for key, text in flat(json.loads((TEXTS / language / f"{name}.json").read_text(encoding="utf-8")))
    }


def holes(text: str) -> set[str]:
    return set(re.findall(r"\{+(\w+)\}+", text))


def test_a_phrase_is_its_english_and_its_data() -> None:
    said = say("limit.pool", pool="tiny", count=1, held=say("are", count=1), needs="")
    assert said == "pool `tiny` has 1 slot, 1 is held"
    assert (said.key, dict(said.values)["pool"]) == ("limit.pool", "tiny")
    assert (
        say("limit.pool", pool="p", count=2, held=say("are", count=2), needs="") == "pool `p` has 2 slots, 2 are held"
    )


def test_values_are_put_into_words() -> None:
    assert (
        say("task.next_try", left=Seconds(90), at=NOW)
        == "the next try is due in 1 min 30 s, at 2030-01-01 12:00:00 UTC"
    )
    assert say("task.stands", state=StateWord("up_for_retry"), since="") == "is up for retry"
    assert say("past.downstream", tasks=names("aab")).endswith("`a` and `b` did not succeed")
    assert say("joined", parts=Parts((say("dag.paused"), "so"), "; ")) == "the DAG is paused; so"
    assert str(Names(("x", "y"), code=False)) == "x and y"


def test_since_begins_with_a_space_or_is_nothing() -> None:
    assert since(None, NOW) == ""
    assert since(NOW, NOW) == " for less than a second"
    assert since(NOW - timedelta(minutes=2), NOW) == " for 2 min"


def test_what_a_text_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no.such")
    with pytest.raises(KeyError):
        say("dag.end_date")


@pytest.mark.parametrize("again", [copy.deepcopy, lambda phrase: pickle.loads(pickle.dumps(phrase))])
def test_a_copy_knows_what_it_says(again: Any) -> None:
    phrase = again(say("dag.end_date", at=NOW))
    assert isinstance(phrase, Phrase)
    assert (phrase, phrase.key, phrase.values) == (
        "its end_date was 2030-01-01 12:00:00 UTC",
        "dag.end_date",
        (("at", NOW),),
    )


def test_the_pages_have_the_english_texts() -> None:
    found = told("en")
    assert found == {key: re.sub(r"\{(\w+)\}", r"{{\1}}", text) for key, text in ENGLISH.items()}, "run `make phrases`"


@pytest.mark.parametrize("language", sorted(each.name for each in TEXTS.iterdir() if (each / "said.json").exists()))
def test_a_language_says_all_of_it(language: str) -> None:
    found = told(language)
    wanted = {PLURAL.sub("", key): holes(text) for key, text in ENGLISH.items()}
    assert {PLURAL.sub("", key): holes(text) for key, text in found.items()} == wanted


def _said() -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted((ROOT / "src" / "tradewind").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "core.phrases import" in text or path.name == "phrases.py":
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                    yield path, node


def test_what_the_code_says_exists_with_its_values() -> None:
    wanted = {PLURAL.sub("", key): holes(text) for key, text in ENGLISH.items()}
    wrong = []
    for path, call in _said():
        [key] = call.args
        given = {word.arg for word in call.keywords}
        if not isinstance(key, ast.Constant):
            continue
        if key.value not in wanted:
            wrong.append(f"{path.name}:{call.lineno}: there is no {key.value!r}")
        elif None not in given and given - {"count"} != wanted[key.value] - {"count"}:
            wrong.append(f"{path.name}:{call.lineno}: {key.value!r} takes {sorted(wanted[key.value])}")
    assert wrong == []


def test_no_text_is_left_over() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in {path for path, _ in _said()})
    families = set(re.findall(r'say\(\s*f"(\w+)\.\{', sources))
    unused = [
        key
        for key in {PLURAL.sub("", key) for key in ENGLISH}
        if f'"{key}"' not in sources and key.partition(".")[0] not in families
    ]
    assert unused == []


NOT_SHOWN = {
    "services/absences.py": "told to a callback",
    "services/deadlines.py": "told to a callback",
    "services/standalone.py": "for the terminal",
    "services/trigger_process.py": "the error of the triggers that ended with it",
    "services/forecaster.py": "the error of the user's code",
}
"""Where a reason is a sentence of its own, and why no page says it."""


def _reasons(path: Path) -> Iterator[tuple[int, ast.expr]]:
    """What is given as a reason: by keyword, or by a name that is called so."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield from ((node.lineno, word.value) for word in node.keywords if word.arg in ("reason", "why"))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            [target] = node.targets[:1] if isinstance(node, ast.Assign) else [node.target]
            if getattr(target, "id", getattr(target, "attr", "")) in ("reason", "why"):
                yield node.lineno, node.value


def test_what_the_store_keeps_as_a_reason_is_a_phrase() -> None:
    """Pages find it again by its text, and say it in the language of the person."""
    bare = []
    for path in sorted((ROOT / "src" / "tradewind").rglob("*.py")):
        place = path.relative_to(ROOT / "src" / "tradewind").as_posix()
        if not place.startswith(("core/", "services/", "store/", "executors/")) or place in NOT_SHOWN:
            continue
        for line, value in _reasons(path):
            for part in ast.walk(value):
                if isinstance(part, ast.Call) and getattr(part.func, "id", "") == "say":
                    break  # a phrase, with what follows from the user's code
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value.strip():
                    bare.append(f"{place}:{line}: {part.value}")
    assert bare == []
