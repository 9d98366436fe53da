"""Regular expressions of users that are tried where nobody's code may hold up others: the server and the leader.
Called by `core.backfill` for a choice of tasks.

Theory.  Python's own matcher goes back and tries again, so that `(a+)+$` takes for ever on some text.  Here an
expression becomes an automaton (Thompson), and a text is read once, character by character, with the set of all states
that it may be in; sets that were met are remembered.  The time grows with the length of the text and nothing else.
What no automaton can do (references to groups, looking around) is refused, and so is what would make a large one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from re import _constants as words  # type: ignore[attr-defined]  # the parser of `re`, which has no public name
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from tradewind.errors import InvalidError

LONGEST = 250
"""Characters of an expression."""
_STATES = 4000
"""So many states an automaton may have: `(a{50}){50}` has 2,500."""
_SETS = 500
"""So many sets of states are remembered."""

Test = Callable[[str], bool]
_CATEGORIES: dict[Any, Test] = {
    words.CATEGORY_DIGIT: str.isdecimal,
    words.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    words.CATEGORY_SPACE: str.isspace,
    words.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    words.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    words.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}
_STARTS = (words.AT_BEGINNING, words.AT_BEGINNING_STRING)
_ENDS = (words.AT_END, words.AT_END_STRING)


@dataclass(slots=True, eq=False)
class _State:
    """A character that fits `test` leads on; without one nothing is needed but the `place` in the text."""

    steps: list[_State]
    test: Test | None = None
    place: str = ""


class Pattern:
    """A regular expression, searched for in texts of one line.

    Raises InvalidError for one that is wrong, too long or too large, and for what only going back could find.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._count = 0
        if len(text) > LONGEST:
            raise InvalidError(
                f"a regular expression of {len(text)} characters is too long", fix=f"use at most {LONGEST}"
            )
        self._last = self._state()
        try:
            parsed = parser.parse(text)
            if parsed.state.flags & ~re.UNICODE.value:
                raise self._refused("flags such as (?i)")
            first = self._sequence(parsed, self._last)
        except (re.error, OverflowError, RecursionError) as error:
            raise InvalidError(f"{text!r} is not a regular expression: {error}", fix="correct it") from None
        self._again = self._reached([first])
        self._begin = self._reached([first], "start")
        self._empty = self._last in self._reached([first], "start", "end")
        self._known: dict[frozenset[_State], dict[str, frozenset[_State]]] = {}

    def search(self, text: str) -> bool:
        """Whether it is found anywhere in the text."""
        if not text:
            return self._empty
        now = self._begin
        for char in text:
            if self._last in now:
                return True
            now = self._step(now, char)
        return self._last in now or self._last in self._reached(now, "end")

    def _step(self, now: frozenset[_State], char: str) -> frozenset[_State]:
        steps = self._known.get(now)
        if steps is None:
            if len(self._known) >= _SETS:
                self._known.clear()
            steps = self._known[now] = {}
        following = steps.get(char)
        if following is None:
            fits = (state.steps[0] for state in now if state.test is not None and state.test(char))
            following = steps[char] = self._reached(fits) | self._again
        return following

    def _reached(self, states: Iterable[_State], *places: str) -> frozenset[_State]:
        """These states, and those that need no further character at such a place."""
        open_ = list(states)
        found = set(open_)
        while open_:
            state = open_.pop()
            if state.test is None and (not state.place or state.place in places):
                new = [other for other in state.steps if other not in found]
                found.update(new)
                open_ += new
        return frozenset(found)

    # --- the automaton ------------------------------------------------------------------------------------------

    def _refused(self, what: str) -> InvalidError:
        return InvalidError(
            f"{self._text!r} has {what}, which is not supported here",
            fix="use characters, classes, groups, |, *, +, ?, {m,n}, ^ and $",
        )

    def _state(self, *steps: _State, test: Test | None = None, place: str = "") -> _State:
        self._count += 1
        if self._count > _STATES:
            raise InvalidError(
                f"{self._text!r} stands for too many possibilities", fix="repeat less: {m,n} multiplies what it repeats"
            )
        return _State(list(steps), test, place)

    def _sequence(self, items: Any, then: _State) -> _State:
        for operator, argument in reversed(list(items)):
            then = self._item(operator, argument, then)
        return then

    def _item(self, operator: Any, argument: Any, then: _State) -> _State:
        """The first state of what fits an item and goes on at `then`."""
        if operator is words.BRANCH:
            return self._state(*[self._sequence(branch, then) for branch in argument[1]])
        if operator is words.SUBPATTERN:
            _, added, removed, items = argument
            if added or removed:
                raise self._refused("flags such as (?i:...)")
            return self._sequence(items, then)
        if operator in (words.MAX_REPEAT, words.MIN_REPEAT):
            least, most, items = argument
            return self._repeat(least, most, items, then)
        if operator is words.AT and argument in _STARTS:
            return self._state(then, place="start")
        if operator is words.AT and argument in _ENDS:
            return self._state(then, place="end")
        return self._state(then, test=self._test(operator, argument))

    def _repeat(self, least: int, most: Any, items: Any, then: _State) -> _State:
        if most is words.MAXREPEAT:
            then = loop = self._state(then)
            loop.steps.append(self._sequence(items, loop))
        else:
            for _ in range(most - least):
                then = self._state(then, self._sequence(items, then))
        for _ in range(least):
            then = self._sequence(items, then)
        return then

    def _test(self, operator: Any, argument: Any) -> Test:
        if operator is words.LITERAL:
            char = chr(argument)
            return lambda given: given == char
        if operator is words.NOT_LITERAL:
            char = chr(argument)
            return lambda given: given != char
        if operator is words.ANY:
            return lambda given: given != "\n"
        if operator is words.RANGE:
            low, high = argument
            return lambda given: low <= ord(given) <= high
        if operator is words.CATEGORY:
            return _CATEGORIES[argument]
        if operator is words.IN:
            negated = argument[0][0] is words.NEGATE
            tests = [self._test(*item) for item in argument[negated:]]
            return lambda given: any(test(given) for test in tests) is not negated
        raise self._refused("something that has to go back or look around, as (?=...), \\1 or \\b do")
