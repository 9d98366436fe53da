"""Sentences of the engine as data, for pages that say them in another language.  Used by the models that carry one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from tradewind.core.phrases import Names, Parts, Phrase, Seconds, StateWord, Value
from tradewind.server.models.common import Answer


class TextValue(Answer):
    """Said as it is: a name, a message of the user's code."""

    kind: Literal["text"] = "text"
    text: str


class NumberValue(Answer):
    """A count."""

    kind: Literal["number"] = "number"
    number: int


class SecondsValue(Answer):
    """A duration."""

    kind: Literal["seconds"] = "seconds"
    seconds: float


class TimeValue(Answer):
    """A point in time."""

    kind: Literal["time"] = "time"
    at: datetime


class StateValue(Answer):
    """A state of a run or a task instance."""

    kind: Literal["state"] = "state"
    state: str


class NamesValue(Answer):
    """Names to be listed; `code`: each stands between backticks."""

    kind: Literal["names"] = "names"
    names: list[str]
    code: bool


class PhraseValue(Answer):
    """A phrase in the phrase."""

    kind: Literal["phrase"] = "phrase"
    phrase: PhraseResponse


class PartsValue(Answer):
    """Several, one after the other, with `between` between them."""

    kind: Literal["parts"] = "parts"
    parts: list[TextValue | PhraseValue]
    between: str


AnyValue = Annotated[
    TextValue | NumberValue | SecondsValue | TimeValue | StateValue | NamesValue | PhraseValue | PartsValue,
    Field(discriminator="kind"),
]


class PhraseResponse(Answer):
    """A sentence by its key, and what stands in it.  The keys may become more; `count` is for the plural."""

    key: str
    values: dict[str, AnyValue]


def phrase_answer(text: str) -> PhraseResponse | None:
    """The data of a sentence; None for one that is text only."""
    if not isinstance(text, Phrase):
        return None
    return PhraseResponse(key=text.key, values={name: _value(value) for name, value in text.values})


def part_answers(texts: Sequence[str]) -> list[TextValue | PhraseValue]:
    """As `phrase_answer`, for several sentences: those that are text only are sent as they are."""
    return [_part(text) for text in texts]


def _part(text: str) -> TextValue | PhraseValue:
    phrase = phrase_answer(text)
    return TextValue(text=text) if phrase is None else PhraseValue(phrase=phrase)


def _value(value: Value) -> AnyValue:
    match value:
        case str():
            return _part(value)
        case int():
            return NumberValue(number=value)
        case datetime():
            return TimeValue(at=value)
        case Seconds():
            return SecondsValue(seconds=value.seconds)
        case StateWord():
            return StateValue(state=value.state)
        case Names():
            return NamesValue(names=list(value.names), code=value.code)
        case Parts():
            return PartsValue(parts=part_answers(value.parts), between=value.between)
