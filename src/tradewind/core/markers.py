"""Which task of which run an `ExternalTaskMarker` stands for.  Called by `store.actions_markers` when it is cleared,
and by `authoring.compile`, which lets a marker run at a worker when only that can render its templates.

Theory.  A marker has no work, so most never run and nothing rendered their templates.  Nearly all of these are a date
of the run, moved by a constant.  Such expressions are read here, with a grammar of their own and nothing else: names
of dates, a few methods, timedeltas.  No template engine and no code of users runs where a clear is decided.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tradewind.errors import InvalidError
from tradewind.spec.dag import MarkerSpec

_LONGEST = 500
"""Characters of a template that is looked into."""
_FAR = 10_000
"""Bound of the numbers in an expression: days, say."""
_EXPRESSION = re.compile(r"\{\{([^{}]*)\}\}")
_UNITS = frozenset({"weeks", "days", "hours", "minutes", "seconds"})
_FIELDS = frozenset({"year", "month", "day", "hour", "minute", "second", "microsecond"})


class _UnreadableError(Exception):
    """Only a template engine knows."""


class _NoDateError(Exception):
    """The run has no such date."""


@dataclass(frozen=True, slots=True)
class RunDates:
    """What the templates of a marker may name of its run (UTC)."""

    dag_id: str
    run_id: str
    logical_date: datetime | None
    data_interval_start: datetime | None = None
    data_interval_end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A task in the run of another DAG."""

    dag_id: str
    task_id: str
    logical_date: datetime


def target(name: str, marker: MarkerSpec, rendered: Mapping[str, Any] | None, run: RunDates) -> Target | None:
    """What the marker `name` of a run stands for, by its `rendered` fields if it has run, else by its templates.

    None when its run lacks the date that it names: then no run there is meant.  Raises InvalidError for a template that
    is more than a date of the run, and for a text that is no date.
    """
    texts = []
    known = rendered or {}
    for field, template in (
        ("external_dag_id", marker.dag_id),
        ("external_task_id", marker.task_id),
        ("logical_date", marker.logical_date),
    ):
        text = known.get(field)
        if not isinstance(text, str):
            try:
                text = _render(template, run)
            except _NoDateError:
                return None
            except _UnreadableError:
                raise InvalidError(
                    f"the {field} of the marker {name} is {_shown(template)}, which is only known when it has run",
                    fix="let it run once; or clear without the DAGs that depend on it, and those by themselves",
                ) from None
        texts.append(text)
    try:
        at = datetime.fromisoformat(texts[2].strip())
    except ValueError:
        raise InvalidError(
            f"the logical_date of the marker {name} is {texts[2]!r}, which is no date",
            fix='write it as ISO 8601 date and time, like "{{ logical_date.isoformat() }}"',
        ) from None
    return Target(texts[0], texts[1], at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC))


def readable(marker: MarkerSpec) -> bool:
    """Whether `target` can do without rendered fields."""
    epoch = datetime(2000, 1, 1, tzinfo=UTC)
    run = RunDates("dag", "run", epoch, epoch, epoch)
    try:
        for template in (marker.dag_id, marker.task_id, marker.logical_date):
            _render(template, run)
    except (_UnreadableError, _NoDateError):
        return False
    return True


def _shown(template: str | None) -> str:
    return "not the same for all its instances" if template is None else f"the template {template[:_LONGEST]!r}"


def _render(template: str | None, run: RunDates) -> str:
    if template is None or len(template) > _LONGEST:
        raise _UnreadableError
    if "{%" in template or "{#" in template:
        raise _UnreadableError
    rest = _EXPRESSION.sub("", template)
    if "{{" in rest or "}}" in rest:
        raise _UnreadableError
    try:
        return _EXPRESSION.sub(lambda found: str(_evaluate(found[1], run)), template)
    except (SyntaxError, ArithmeticError, TypeError, ValueError, RecursionError, MemoryError) as error:
        raise _UnreadableError from error


def _evaluate(text: str, run: RunDates) -> object:
    return _value(ast.parse(text.strip(), mode="eval").body, run)


def _value(node: ast.expr, run: RunDates) -> Any:
    match node:
        case ast.Constant(value=str() as value):
            return value
        case ast.Constant(value=int() | float() as value) if abs(value) <= _FAR:
            return value
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, run)
        case ast.Name(id=name):
            return _name(name, run)
        case ast.Attribute(value=ast.Name(id="dag_run"), attr=name) if name in _RUN_FIELDS:
            return _name(name, run)
        case ast.Attribute(value=ast.Name(id="dag"), attr="dag_id"):
            return run.dag_id
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Name(id=name)) if name in _FORMATS:
            return _FORMATS[name](_value(left, run))
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as operator, right=right):
            return _sum(_value(left, run), _value(right, run), isinstance(operator, ast.Add))
        case ast.Call(func=ast.Attribute(value=of, attr=name), args=args, keywords=keywords):
            positional = [_value(arg, run) for arg in args]
            named = {str(keyword.arg): _value(keyword.value, run) for keyword in keywords}
            if isinstance(of, ast.Name) and of.id == "macros":
                return _macro(name, positional, named)
            return _method(_value(of, run), name, positional, named)
    raise _UnreadableError


def _name(name: str, run: RunDates) -> object:
    if name in ("run_id", "dag_id"):
        return getattr(run, name)
    if name in _FORMATS:
        return _FORMATS[name](_name("logical_date", run))
    if name == "execution_date":
        name = "logical_date"
    if name not in _RUN_FIELDS:
        raise _UnreadableError
    found = getattr(run, name)
    if found is None:
        raise _NoDateError
    return found


def _sum(left: Any, right: Any, plus: bool) -> object:
    if not isinstance(left, date | timedelta) or not isinstance(right, timedelta):
        raise _UnreadableError
    return left + right if plus else left - right


def _macro(name: str, args: list[Any], named: dict[str, Any]) -> object:
    if name == "timedelta" and not args:
        return _delta(named)
    if name == "timedelta" and len(args) == 1 and not named:
        return _delta({"days": args[0]})
    if name == "ds_add" and len(args) == 2 and not named:
        return (date.fromisoformat(args[0]) + _delta({"days": args[1]})).isoformat()
    raise _UnreadableError


def _delta(units: Mapping[str, Any]) -> timedelta:
    if not _UNITS.issuperset(units) or any(isinstance(value, str) for value in units.values()):
        raise _UnreadableError
    return timedelta(**units)


def _method(of: Any, name: str, args: list[Any], named: dict[str, Any]) -> object:
    if not isinstance(of, date):
        raise _UnreadableError
    match name:
        case "isoformat" | "to_iso8601_string" if not args and not named:
            return of.isoformat()
        case "to_date_string" if not args and not named:
            return of.strftime("%Y-%m-%d")
        case "strftime" if len(args) == 1 and isinstance(args[0], str) and not named:
            return of.strftime(args[0])
        case "date" if isinstance(of, datetime) and not args and not named:
            return of.date()
        case "add" if not args:
            return of + _delta(named)
        case "subtract" if not args:
            return of - _delta(named)
        case "replace" if not args and _FIELDS.issuperset(named):
            return of.replace(**named)
    raise _UnreadableError


def _as(form: str) -> Callable[[Any], str]:
    def write(at: Any) -> str:
        if not isinstance(at, date):
            raise _UnreadableError
        return at.strftime(form)

    return write


def _iso(at: Any) -> str:
    if not isinstance(at, datetime):
        raise _UnreadableError
    return at.isoformat()


_RUN_FIELDS = frozenset({"logical_date", "execution_date", "data_interval_start", "data_interval_end", "run_id"})
_FORMATS: dict[str, Callable[[Any], str]] = {
    "ds": _as("%Y-%m-%d"),
    "ds_nodash": _as("%Y%m%d"),
    "ts": _iso,
    "ts_nodash": _as("%Y%m%dT%H%M%S"),
}
"""Names and filters of the same name."""
