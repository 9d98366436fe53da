"""Regular expressions that are tried in linear time say what Python's own say."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tradewind.core.patterns import LONGEST, Pattern
from tradewind.errors import InvalidError

ATOMS = ("a", "b", ".", "[ab]", "[^a]", "[a-c_]", r"\d", r"\w", r"\W", r"\S", r"[\d_]", r"\.", "(?:)", "^", "$", r"\A")
REPEATS = ("*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?", "+?")
patterns = st.recursive(
    st.sampled_from(ATOMS),
    lambda parts: st.one_of(
        st.tuples(parts, parts).map("".join),
        st.tuples(parts, parts).map("|".join).map("({})".format),
        st.tuples(parts, st.sampled_from(REPEATS)).map(lambda made: f"(?:{made[0]}){made[1]}"),
    ),
    max_leaves=8,
)


@given(patterns, st.lists(st.text("ab1_.ü", max_size=8), min_size=1, max_size=5))
@example("", [""])
@example("^$", ["", "a"])
@example("(a|ab)(c|bcd)$", ["abcd", "abc"])
def test_they_say_what_python_says(pattern: str, texts: list[str]) -> None:
    found = Pattern(pattern)
    for text in texts:
        assert found.search(text) == bool(re.search(pattern, text))


@pytest.mark.parametrize("pattern", ["(a+)+$", "^(a|a)*$", "a*a*a*a*a*a*a*a*b", "(a|aa)+c", "(.*)*(.*)*x$", "(x+x+)+y"])
def test_what_python_never_ends_with_ends(pattern: str) -> None:
    assert not Pattern(pattern).search("a" * 250 + "!")
    assert not Pattern(pattern).search("x" * 250 + "!")


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("(", "not a regular expression"),
        ("a{99999999999}", "not a regular expression"),
        ("a{5000}", "too many possibilities"),
        ("((a{50}){50}){50}", "too many possibilities"),
        (r"(a)\1", "go back or look around"),
        ("a(?=b)", "go back or look around"),
        ("(?<!a)b", "go back or look around"),
        (r"\bword", "go back or look around"),
        ("(?>a+)b", "go back or look around"),
        ("a++", "go back or look around"),
        ("(?(1)a|b)", "not a regular expression"),
        ("(?i)a", "flags"),
        ("(?i:a)", "flags"),
        ("a" * (LONGEST + 1), "too long"),
    ],
)
def test_others_are_refused_with_a_reason(pattern: str, told: str) -> None:
    with pytest.raises(InvalidError, match=re.escape(told)):
        Pattern(pattern)


def test_deep_nesting_is_an_error_of_the_expression() -> None:
    deep = "(" * 124 + "a" + ")" * 124
    assert Pattern(deep).search("bab")
    with pytest.raises(InvalidError):
        Pattern("(" * 249 + "a")
