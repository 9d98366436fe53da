"""XCom values: what goes in comes out, whatever the type; what cannot go in says what to do."""

from __future__ import annotations

import json
import uuid
from collections import OrderedDict, defaultdict, namedtuple
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from pathlib import Path
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.spec import serde

_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.decimals(allow_nan=False)
    | st.dates()
    | st.times()
    | st.timedeltas()
    | st.datetimes()
    | st.datetimes(timezones=st.timezones())
    | st.uuids()
)
_values = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text() | st.just("__type__"), inner, max_size=4)
        | st.dictionaries(st.integers() | st.dates() | st.tuples(st.text(), st.integers()), inner, max_size=3)
        | st.frozensets(_scalars, max_size=4)
    ),
    max_leaves=12,
)


def same(one: object, other: object) -> bool:
    """Equal, and of the same types all the way down, and the same instant."""
    if type(one) is not type(other):
        return False
    if isinstance(one, datetime):
        assert isinstance(other, datetime)
        return one.replace(tzinfo=None) == other.replace(tzinfo=None) and one.utcoffset() == other.utcoffset()
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))  # type: ignore[arg-type]
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)  # type: ignore[index,call-overload]
    return one == other


@given(_values)
def test_what_goes_in_comes_out(value: object) -> None:
    text = serde.dumps(value)
    assert same(serde.loads(text), value)
    json.loads(text, parse_constant=pytest.fail)
    text.encode("utf-8")
    json.dumps(serde.display(text))


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), {1, 2}, Path("/a/b"), time(1, tzinfo=UTC)])
def test_other_types_come_back(value: object) -> None:
    assert same(serde.loads(serde.dumps(value)), value)


def test_nan_and_zones_come_back() -> None:
    assert serde.loads(serde.dumps(float("nan"))) != serde.loads(serde.dumps(float("nan")))
    zurich = datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Zurich"))
    back = serde.loads(serde.dumps(zurich))
    assert (back, back.fold, str(back.tzinfo)) == (zurich, 1, "Europe/Zurich")
    fixed = datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert same(serde.loads(serde.dumps(fixed)), fixed)


def test_pendulum_comes_back() -> None:
    for value in (pendulum.datetime(2024, 5, 1, 3, tz="Europe/Paris"), pendulum.date(2024, 5, 1)):
        back = serde.loads(serde.dumps(value))
        assert type(back) is type(value) and back == value
    assert serde.loads(serde.dumps(pendulum.duration(weeks=1, hours=2))) == timedelta(days=7, hours=2)


class Color(Enum):
    RED = "red"


class Number(IntEnum):
    ONE = 1


@dataclass
class Point:
    x: int
    when: date


def test_classes_become_plain_values() -> None:
    pair = namedtuple("pair", "a b")(1, (2,))
    values = [Color.RED, Number.ONE, Point(1, date(2024, 1, 1)), pair, OrderedDict(a=1), defaultdict(list, a=[1])]
    back = serde.loads(serde.dumps(values))
    assert back == ["red", 1, {"x": 1, "when": date(2024, 1, 1)}, {"a": 1, "b": (2,)}, {"a": 1}, {"a": [1]}]


class Scalar:
    """Looks like a numpy scalar."""

    ndim = 0

    def item(self) -> float:
        return 2.5


Scalar.__module__ = "numpy"


def test_numpy_scalars_become_numbers() -> None:
    assert serde.loads(serde.dumps({"n": Scalar()})) == {"n": 2.5}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"rows": [1, object()]}, ("value['rows'][1]", "object", "return a dict of its fields")),
        (iter([1]), ("return a list",)),
        (print, ("return its name",)),
        (type("DataFrame", (), {"__module__": "pandas.core.frame", "to_dict": None})(), ("pandas", "to_dict")),
    ],
)
def test_what_cannot_go_in_says_what_to_do(value: object, words: tuple[str, ...]) -> None:
    with pytest.raises(serde.SerdeError) as caught:
        serde.dumps(value)
    assert all(word in str(caught.value) for word in words), caught.value


def test_cycles_and_sizes_are_refused() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(serde.SerdeError, match="contains itself"):
        serde.dumps(loop)
    with pytest.raises(serde.XComTooLarge, match="return its address"):
        serde.dumps("x" * (serde.HARD_LIMIT + 1))


def test_data_cannot_make_classes() -> None:
    for text in (
        '{"__type__": "os.system", "value": "true"}',
        '{"__type__": "date", "value": "x"}',
        "{",
        '{"__type__": 1}',
    ):
        with pytest.raises(serde.SerdeError):
            serde.loads(text)


def test_display_is_for_people() -> None:
    value = {
        "at": datetime(2024, 1, 1, tzinfo=UTC),
        "ids": {2, 1},
        3: (Decimal("1.50"), uuid.UUID(int=0)),
        "d": timedelta(minutes=1),
    }
    assert serde.display(serde.dumps(value)) == {
        "at": "2024-01-01T00:00:00+00:00",
        "ids": [1, 2],
        "3": ["1.50", "00000000-0000-0000-0000-000000000000"],
        "d": 60.0,
    }
