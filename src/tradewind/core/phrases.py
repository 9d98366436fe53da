"""Sentences that are data as well: a key and values beside the English text, so that pages say them in any language.

`say` makes a `Phrase`.  It is a `str`, the English sentence, for the CLI, logs and tests; the API sends its key and its
values along.  The texts are in `phrase_texts`; the pages have the same keys (`tools/phrases.py` writes their English).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tradewind.core.phrase_texts import ENGLISH
from tradewind.core.words import listed, moment, span


@dataclass(frozen=True, slots=True)
class Seconds:
    """A duration."""

    seconds: float

    def __str__(self) -> str:
        return span(self.seconds)


@dataclass(frozen=True, slots=True)
class Names:
    """Names that are listed: the first three, and how many more."""

    names: tuple[str, ...]
    code: bool = True
    """Whether each stands between backticks."""

    def __str__(self) -> str:
        return listed(self.names, mark="`" if self.code else "")


@dataclass(frozen=True, slots=True)
class StateWord:
    """A state of a run or a task instance."""

    state: str

    def __str__(self) -> str:
        return self.state.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Parts:
    """Phrases one after the other."""

    parts: tuple[str, ...]
    between: str = ", "

    def __str__(self) -> str:
        return self.between.join(self.parts)


Value = str | int | datetime | Seconds | Names | StateWord | Parts
"""What stands in a phrase.  A `str` that is no `Phrase` is taken as it is: names, texts of the user."""


class Phrase(str):
    """An English sentence, or part of one, that knows its key and its values."""

    __slots__ = ("key", "values")
    key: str
    values: tuple[tuple[str, Value], ...]

    def __new__(cls, text: str, key: str = "", values: tuple[tuple[str, Value], ...] = ()) -> Phrase:
        made = super().__new__(cls, text)
        made.key, made.values = key, values
        return made

    def __getnewargs__(self) -> tuple[str, str, tuple[tuple[str, Value], ...]]:  # type: ignore[override]
        return str(self), self.key, self.values


def say(key: str, **values: Value) -> Phrase:
    """The phrase of this key.  `count` chooses between its `_one` and its `_other` text.

    Raises KeyError for a key that there is not, or a value that the text wants and was not given.
    """
    text = ENGLISH.get(key)
    if text is None:
        text = ENGLISH[f"{key}_{'one' if values['count'] == 1 else 'other'}"]
    told = {name: moment(value) if isinstance(value, datetime) else value for name, value in values.items()}
    return Phrase(text.format_map(told), key, tuple(values.items()))


def since(at: datetime | None, now: datetime) -> str:
    """` for 3 min 5 s`, with a space before it; nothing when the start is not known."""
    if at is None:
        return ""
    seconds = (now - at).total_seconds()
    return say("for", span=Seconds(seconds)) if seconds >= 1 else say("for_a_moment")


def names(of: Iterable[str], *, code: bool = True) -> Names:
    """The names, each once."""
    return Names(tuple(dict.fromkeys(of)), code)
