"""How the arguments of operators are checked and coerced, as Airflow does; every error names task, argument and value.

Called by `operator`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from tradewind.authoring.conf import conf
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError, nearest
from tradewind.errors import UnknownExecutorException
from tradewind.spec.states import TriggerRule, WeightRule

LOCAL_EXECUTORS = ("local", "LocalExecutor", "SequentialExecutor")
"""Names of the one executor there is."""
LOCAL_EXECUTOR_PATH = "airflow.executors.local_executor.LocalExecutor"
LEGACY_TRIGGER_RULES = {
    "dummy": TriggerRule.ALWAYS,
    "none_failed_or_skipped": TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS,
}


def retries(where: str, value: Any, default: Callable[[], int]) -> int:
    """A number of retries; None is the default."""
    if value is None or value is NOTSET:
        return default()
    if isinstance(value, str):
        try:
            value = int(value)
        except ValueError:
            value = str(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ArgumentTypeError(
            f"{where}: retries must be a whole number, zero or more, not {value!r}", fix="write retries=2"
        )
    return value


def duration(where: str, name: str, value: Any) -> dt.timedelta:
    """A timedelta, or a number of seconds."""
    if isinstance(value, dt.timedelta):
        delta = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        delta = dt.timedelta(seconds=value)
    else:
        raise ArgumentTypeError(
            f"{where}: {name} must be a timedelta or a number of seconds, not {value!r}",
            fix=f"write {name}=timedelta(minutes=5)",
        )
    if delta < dt.timedelta():
        raise ArgumentValueError(f"{where}: {name}={value!r} is negative", fix=f"write {name}=timedelta(minutes=5)")
    return delta


def optional_duration(where: str, name: str, value: Any) -> dt.timedelta | None:
    """As `duration`; None stays None."""
    return None if value is None else duration(where, name, value)


def execution_timeout(where: str, value: Any) -> dt.timedelta | None:
    """A timedelta or None: Airflow takes no plain number here, because it would not say its unit."""
    if value is None or isinstance(value, dt.timedelta):
        return value
    raise ArgumentTypeError(
        f"{where}: execution_timeout must be a timedelta, not {value!r}",
        fix=f"write execution_timeout=timedelta(seconds={value})"
        if isinstance(value, int | float)
        else "write execution_timeout=timedelta(minutes=5)",
    )


def whole(where: str, name: str, value: Any, minimum: int | None = None) -> int:
    """A whole number, at least `minimum`."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ArgumentTypeError(f"{where}: {name} must be a whole number, not {value!r}", fix=f"write {name}=1")
    if minimum is not None and value < minimum:
        raise ArgumentValueError(
            f"{where}: {name}={value} is less than {minimum}", fix=f"write {name}={minimum} or more"
        )
    return value


def optional_whole(where: str, name: str, value: Any, minimum: int = 1) -> int | None:
    """As `whole`; None stays None."""
    return None if value is None else whole(where, name, value, minimum)


def trigger_rule(where: str, value: Any) -> TriggerRule:
    """A trigger rule from its word or member; Airflow 2's retired words mean what they meant."""
    word = str(getattr(value, "value", value))
    if word in LEGACY_TRIGGER_RULES:
        return LEGACY_TRIGGER_RULES[word]
    return TriggerRule(_word(where, "trigger_rule", word, value, TriggerRule))


def weight_rule(where: str, value: Any) -> WeightRule:
    """A weight rule from its word or member."""
    word = getattr(value, "value", value)
    if not isinstance(word, str):
        raise ArgumentTypeError(
            f"{where}: weight_rule must be a word or a PriorityWeightStrategy, not {value!r}",
            fix='use "downstream", "upstream" or "absolute"',
        )
    return WeightRule(_word(where, "weight_rule", word, value, WeightRule))


def executor(where: str, value: Any) -> str | None:
    """The name of an executor that is there: a name of the one there is, or what the setting `core.executor` names."""
    if value is None or value == "":
        return None
    names = {*LOCAL_EXECUTORS, LOCAL_EXECUTOR_PATH}
    for entry in str(conf.get("core", "executor")).split(","):  # "Class", "package.Class" or "alias:package.Class"
        alias, _, path = entry.strip().rpartition(":")
        names |= {alias, path, path.rpartition(".")[2]}
    if not isinstance(value, str) or value not in names:
        raise UnknownExecutorException(
            f"{where}: executor {value!r} is not there; Tradewind runs all tasks on its own local executor",
            fix='leave executor out, or write executor="LocalExecutor"',
        )
    return value


def _word(where: str, name: str, word: str, value: Any, enum: type[StrEnum]) -> str:
    words = [member.value for member in enum]
    if word in words:
        return word
    guess = nearest(word, words, cutoff=0.6)
    raise ArgumentValueError(
        f"{where}: {name}={value!r} does not exist; it is one of {', '.join(words)}",
        fix=f'write {name}="{guess or words[0]}"',
    )


def exponential_backoff(where: str, value: Any) -> float:
    """The factor between delays: 0 is none, True is 2 (Airflow 3 takes a number)."""
    if isinstance(value, bool):
        return 2.0 if value else 0.0
    if not isinstance(value, int | float) or value < 0:
        raise ArgumentTypeError(
            f"{where}: retry_exponential_backoff must be True, False or a number, not {value!r}",
            fix="write retry_exponential_backoff=True",
        )
    return float(value)


def callback(where: str, name: str, value: Any) -> Any:
    """A callable, a list of them, or None, as given."""
    items = value if isinstance(value, list | tuple) else [] if value is None else [value]
    for item in items:
        if not callable(item):
            raise ArgumentTypeError(
                f"{where}: {name} must be a function or a list of functions, not {item!r}",
                fix=f"write {name}=my_function, without calling it",
            )
    return value


def emails(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Addresses from a list, or from text with commas or semicolons between them."""
    if value is None:
        return ()
    items = value.replace(";", ",").split(",") if isinstance(value, str) else value
    return tuple(item.strip() for item in items if item and item.strip())


def asset_list(value: Any) -> list[Any]:
    """Inlets or outlets as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]
