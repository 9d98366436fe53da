"""The heap of what is due: against a plain list, whatever is put in, dropped and taken."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from support.engine import START
from tradewind.services.agenda import _FEW, Moments

ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("push"), st.integers(0, 30), st.integers(1, 4)),
        st.tuples(st.just("drop"), st.integers(1, 4), st.just(0)),
        st.tuples(st.just("take"), st.integers(0, 30), st.just(0)),
        st.tuples(st.just("flood"), st.integers(1, 4), st.integers(0, 3 * _FEW)),
    ),
    max_size=40,
)


@given(ACTIONS)
def test_it_gives_what_a_list_would_give(actions):
    moments, plain, number = Moments(), [], 0
    for word, first, second in actions:
        if word == "push":
            number += 1
            at = START + timedelta(seconds=first)
            moments.push(at, second, number)
            plain.append((at, number, second))
        elif word == "flood":
            for _ in range(second):
                number += 1
                moments.push(START + timedelta(days=1), first, number)
                plain.append((START + timedelta(days=1), number, first))
        elif word == "drop":
            moments.drop(first)
            plain = [entry for entry in plain if entry[2] != first]
        else:
            now = START + timedelta(seconds=first)
            due = sorted(entry for entry in plain if entry[0] <= now)
            assert list(moments.take(now)) == [(run, what) for _, what, run in due]
            plain = [entry for entry in plain if entry[0] > now]
        assert moments.next_due() == min((at for at, _, _ in plain), default=None)
        assert len(plain) <= len(moments) <= 2 * len(plain) + _FEW + 1
