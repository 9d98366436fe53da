"""Small helpers that DAG files and users' operators import.  Airflow: `airflow.utils.helpers`, `.strings`."""

from __future__ import annotations

import itertools
import random
import re
import string
from collections.abc import Callable, Generator, Iterable, Mapping
from functools import reduce
from typing import Any, TypeVar

from tradewind.authoring.notset import NOTSET
from tradewind.authoring.problems import check_key

T = TypeVar("T")
S = TypeVar("S")

_CAMEL = re.compile(r"(?<!^)(?=[A-Z])")
F = TypeVar("F", bound=Callable[..., Any])

TRUE_LIKE_VALUES = frozenset({"on", "t", "true", "y", "yes", "1"})


def apply_defaults(func: F) -> F:
    """Decorator of operators' `__init__` in Airflow 1; `default_args` reach every operator without it."""
    return func


def validate_key(k: str, max_length: int = 250) -> None:
    """Raises `TypeError` or `ValueError` (both also `AirflowException`) when the text cannot be a task or DAG id."""
    check_key("key", k, length=max_length)


def validate_group_key(k: str, max_length: int = 200) -> None:
    """As `validate_key`, for the id of a task group, which has no dots."""
    check_key("key", k, dots=False, length=max_length)


def is_container(obj: Any) -> bool:
    """Whether the object can be walked and is no text."""
    return hasattr(obj, "__iter__") and not isinstance(obj, str)


def as_tuple(obj: Any) -> tuple[Any, ...]:
    """A container as a tuple, anything else as a tuple of one."""
    return tuple(obj) if is_container(obj) else (obj,)


def chunks(items: list[T], chunk_size: int) -> Generator[list[T], None, None]:
    """Slices of `chunk_size` items; the last one may be shorter.  Raises `ValueError` for a size below one."""
    if chunk_size <= 0:
        raise ValueError(f"chunks() needs a positive size, not {chunk_size!r}")
    for start in range(0, len(items), chunk_size):
        yield items[start : start + chunk_size]


def reduce_in_chunks(fn: Callable[[S, list[T]], S], iterable: list[T], initializer: S, chunk_size: int = 0) -> S:
    """Fold `fn` over slices of `chunk_size` items, over all at once for 0."""
    if not iterable:
        return initializer
    return reduce(fn, chunks(iterable, chunk_size if chunk_size > 0 else len(iterable)), initializer)


def as_flattened_list(iterable: Iterable[Iterable[T]]) -> list[T]:
    """The items of the inner iterables in one list."""
    return list(itertools.chain.from_iterable(iterable))


def merge_dicts(dict1: dict[Any, Any], dict2: dict[Any, Any]) -> dict[Any, Any]:
    """A new dict with the values of both, the second winning; dicts in both are merged the same way."""
    merged = dict(dict1)
    for key, value in dict2.items():
        if isinstance(merged.get(key), dict) and isinstance(value, dict):
            merged[key] = merge_dicts(merged[key], value)
        else:
            merged[key] = value
    return merged


def prune_dict(val: Any, mode: str = "strict") -> Any:
    """The value without its None entries (`strict`), or without all its falsy ones (`truthy`), at every depth.

    Raises `ValueError` for another mode.
    """
    if mode not in ("strict", "truthy"):
        raise ValueError(f"prune_dict() has the modes 'strict' and 'truthy', not {mode!r}")

    def dropped(value: Any) -> bool:
        return value is None if mode == "strict" else not bool(value)

    if isinstance(val, Mapping):
        pruned = {key: prune_dict(item, mode) for key, item in val.items() if not dropped(item)}
        # what was emptied by pruning goes too; what came empty stays in the strict mode
        return {key: item for key, item in pruned.items() if not (_emptied(val[key], item) or dropped(item))}
    if isinstance(val, list | tuple):
        items = [(item, prune_dict(item, mode)) for item in val if not dropped(item)]
        return [after for before, after in items if not (_emptied(before, after) or dropped(after))]
    return val


def _emptied(before: Any, after: Any) -> bool:
    return isinstance(after, dict | list) and not after and bool(before)


def prevent_duplicates(kwargs1: dict[str, Any], kwargs2: Mapping[str, Any], *, fail_reason: str) -> None:
    """Raises `TypeError` when both dicts have a key; `fail_reason` begins its text."""
    both = sorted(set(kwargs1) & set(kwargs2))
    if both:
        raise TypeError(f"{fail_reason} argument{'s' * (len(both) > 1)}: {', '.join(both)}")


def partition(pred: Callable[[T], bool], iterable: Iterable[T]) -> tuple[Iterable[T], Iterable[T]]:
    """The items for which the predicate is false, and those for which it is true."""
    first, second = itertools.tee(iterable)
    return itertools.filterfalse(pred, first), filter(pred, second)


def exactly_one(*args: Any) -> bool:
    """Whether exactly one argument is truthy.  Raises `ValueError` for a list given instead of its items."""
    if len(args) == 1 and is_container(args[0]):
        raise ValueError("exactly_one() takes the values one by one: write exactly_one(*values)")
    return sum(map(bool, args)) == 1


def at_most_one(*args: Any) -> bool:
    """Whether at most one argument is truthy; Airflow's NOTSET is not.  Raises `ValueError` as `exactly_one`."""
    if len(args) == 1 and is_container(args[0]):
        raise ValueError("at_most_one() takes the values one by one: write at_most_one(*values)")
    return sum(value is not NOTSET and bool(value) for value in args) <= 1


def convert_camel_to_snake(camel_str: str) -> str:
    """`LocalTaskJob` -> `local_task_job`."""
    return _CAMEL.sub("_", camel_str).lower()


def parse_template_string(template_string: str) -> tuple[str | None, Any]:
    """`(text, None)` for a plain `str.format` text, `(None, template)` for one with Jinja markup."""
    if "{{" not in template_string:
        return template_string, None
    import jinja2  # only for a Jinja template

    return None, jinja2.Template(template_string)


def render_template_to_string(template: Any, context: Mapping[str, Any]) -> str:
    """A compiled Jinja template as text."""
    return str(template.render(**context))


def get_random_string(length: int = 8, choices: str = string.ascii_letters + string.digits) -> str:
    """A random text for names; no secret."""
    return "".join(random.choices(choices, k=length))  # noqa: S311 - names, not secrets


def to_boolean(astring: str | bool | None) -> bool:
    """Whether a text says yes: on, t, true, y, yes or 1."""
    if astring is None:
        return False
    return astring if isinstance(astring, bool) else astring.lower() in TRUE_LIKE_VALUES
