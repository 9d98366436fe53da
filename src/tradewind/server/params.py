"""The parameters that many routes share, with Airflow's names and rules.  Used by `server.api`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, Path, Query
from pydantic import AfterValidator, AwareDatetime, BeforeValidator

from tradewind.store.reads import Page, Range

MAX_LIMIT = 100
DEFAULT_LIMIT = 50
MAX_INT = 2**31 - 1
ALL = "~"
"""In the place of a DAG or run id: all of them."""


def unescape(text: str) -> str:
    """What `guard` left encoded in a path."""
    return text.replace("%2F", "/").replace("%25", "%")


def _id(description: str) -> Any:
    return Path(description=description, max_length=1000)


DagId = Annotated[str, _id("Id of a DAG."), AfterValidator(unescape)]
RunId = Annotated[str, _id("Id of a DAG run."), AfterValidator(unescape)]
GroupId = Annotated[str, _id("Id of a task group."), AfterValidator(unescape)]
TaskId = Annotated[str, _id("Id of a task."), AfterValidator(unescape)]
Key = Annotated[str, _id("Key."), AfterValidator(unescape)]
MapIndexPath = Annotated[int, Path(ge=-1, le=MAX_INT, description="Index of a mapped task instance.")]
MapIndex = Annotated[int, Query(ge=-1, le=MAX_INT, description="-1: the task is not mapped.")]
UpdateMask = Annotated[
    list[str] | None, Query(description="Names of the fields to change; without it, all that are sent.")
]


def _lenient_time(value: object) -> object:
    """A `+` that was not encoded arrives as a space; a time without a zone is UTC."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if len(text) > 10 and " " in text[10:]:
        head, _, zone = text.rpartition(" ")
        if zone[:2].isdigit() and ":" in head:
            text = f"{head}+{zone}"
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return value
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise ValueError("the time is before the year 1 or after 9999 in UTC") from None


QueryTime = Annotated[AwareDatetime, BeforeValidator(_lenient_time)]
"""A time in a query."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """The two filters of a text: `*_pattern` and `*_prefix_pattern`."""

    pattern: str | None = None
    prefix: str | None = None


def _with_signature(make: Callable[..., Any], **parameters: tuple[Any, Any]) -> Any:
    """A dependency whose query parameters are named at run time."""

    def dependency(**values: Any) -> Any:
        return make(**values)

    dependency.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
            for name, (annotation, default) in parameters.items()
        ]
    )
    return Depends(dependency)


def within(name: str, kind: Any = QueryTime, *, bounds: tuple[str, ...] = ("gte", "gt", "lte", "lt")) -> Any:
    """A dependency that reads `<name>_gte`, `_gt`, `_lte` and `_lt` and gives a Range."""

    def parameter(bound: str) -> tuple[Any, Any]:
        return Annotated[kind | None, Query(alias=f"{name}_{bound}")], None

    return _with_signature(Range, **{bound: parameter(bound) for bound in bounds})


def pattern(name: str) -> Any:
    """A dependency that reads `<name>_pattern` and `<name>_prefix_pattern` and gives a Pattern."""
    described = (
        "Matches anywhere, whatever the case: `%` is any text, `_` any character, `|` separates alternatives, `~` "
        "matches all, a backslash takes the meaning from the next character."
    )
    long = {"max_length": 2000}
    return _with_signature(
        Pattern,
        pattern=(
            Annotated[str | None, Query(alias=f"{name}_pattern", description=described, **long)],  # type: ignore[arg-type]
            None,
        ),
        prefix=(
            Annotated[
                str | None,
                Query(alias=f"{name}_prefix_pattern", description="Matches the start, in this case.", **long),  # type: ignore[arg-type]
            ],
            None,
        ),
    )


def _given(value: object) -> object:
    """airflowctl sends `limit=` when it was given none."""
    return DEFAULT_LIMIT if value == "" else value


Limit = Annotated[int, Query(ge=0, description=f"At most {MAX_LIMIT}; 0: only the total."), BeforeValidator(_given)]
Offset = Annotated[int, Query(ge=0, le=MAX_INT)]
OrderBy = Annotated[list[str], Query(max_length=10, description="Sort keys; `-` in front for descending.")]
Cursor = Annotated[
    str | None,
    Query(
        max_length=8000,
        description="Pages by position instead of by number: empty for the first page, then `next_cursor`.",
    ),
]


def page_size(limit: int) -> int:
    """How many rows a request gets."""
    return min(limit, MAX_LIMIT)


def _page(limit: Limit = DEFAULT_LIMIT, offset: Offset = 0, order_by: OrderBy = []) -> Page:  # noqa: B006
    return Page(page_size(limit), offset, tuple(order_by))


def _cursor_page(
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
    offset: Offset = 0,
    order_by: OrderBy = [],  # noqa: B006 - never changed
) -> Page:
    return Page(page_size(limit), offset, tuple(order_by), cursor)


Paged = Annotated[Page, Depends(_page)]
CursorPaged = Annotated[Page, Depends(_cursor_page)]


def one_or_all(identifier: str) -> list[str] | None:
    """The id as a filter; None when it is `~`."""
    return None if identifier == ALL else [identifier]
