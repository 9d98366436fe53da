"""What all models share.  Used by the other modules here and by `server.app`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar, get_args, get_origin
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from tradewind.server import hidden
from tradewind.server.params import MAX_INT, MAX_LIMIT
from tradewind.store.reads import Page, Range, Row, Rows

RANGES = ("run_after", "logical_date", "start_date", "end_date", "duration")


class Answer(BaseModel):
    """Base of all answers: a field of the wrong type or an unknown one is a fault of ours, so it fails.

    Every field is always sent, also one that has a default here, and OpenAPI says so.  What users wrote is shown
    without secrets: of each field that may hold text `server.hidden` says whether it does.
    """

    model_config = ConfigDict(strict=True, extra="forbid", json_schema_serialization_defaults_required=True)
    _content: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        cls._content = tuple(
            name
            for name, field in cls.model_fields.items()
            if holds_text(field.annotation) and not hidden.shows_as_is(name, field.metadata)
        )

    def model_post_init(self, _context: Any) -> None:
        """Hide secrets."""
        values = self.__dict__
        for name in self._content:
            value = values[name]
            if value:
                values[name] = hidden.masker().redact(value, by_name=name not in hidden.BY_VALUE)


def holds_text(annotation: Any) -> bool:
    """Whether a field of this type may hold a text that is not one of a few fixed ones."""
    if annotation is str or annotation is Any:
        return True
    return get_origin(annotation) is not Literal and any(holds_text(part) for part in get_args(annotation))


class Body(BaseModel):
    """Base of all request bodies: an unknown field is an error, so that a misspelled one is not ignored."""

    model_config = ConfigDict(extra="forbid")


class BatchBody(Body):
    """Base of the filters that are posted: of which DAGs, between which times, in which order, which page."""

    dag_ids: list[str] | None = None
    order_by: str | None = None
    page_offset: int = Field(default=0, ge=0, le=MAX_INT)
    page_limit: int = Field(default=100, ge=0)
    run_after_gte: AwareDatetime | None = None
    run_after_gt: AwareDatetime | None = None
    run_after_lte: AwareDatetime | None = None
    run_after_lt: AwareDatetime | None = None
    logical_date_gte: AwareDatetime | None = None
    logical_date_gt: AwareDatetime | None = None
    logical_date_lte: AwareDatetime | None = None
    logical_date_lt: AwareDatetime | None = None
    start_date_gte: AwareDatetime | None = None
    start_date_gt: AwareDatetime | None = None
    start_date_lte: AwareDatetime | None = None
    start_date_lt: AwareDatetime | None = None
    end_date_gte: AwareDatetime | None = None
    end_date_gt: AwareDatetime | None = None
    end_date_lte: AwareDatetime | None = None
    end_date_lt: AwareDatetime | None = None
    duration_gte: float | None = None
    duration_gt: float | None = None
    duration_lte: float | None = None
    duration_lt: float | None = None

    def ranges(self) -> dict[str, Any]:
        """A `Range` for each of `RANGES`, by its name."""
        bounds = ("gte", "gt", "lte", "lt")
        return {name: Range(*(getattr(self, f"{name}_{bound}") for bound in bounds)) for name in RANGES}

    def page(self) -> Page:
        """The page asked for."""
        limit = min(self.page_limit or MAX_LIMIT, MAX_LIMIT)
        return Page(limit, self.page_offset, (self.order_by,) if self.order_by else ())


Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
"""A text that a database can hold."""
Note = Annotated[Text, Field(max_length=1000)]


class HTTPExceptionResponse(BaseModel):
    """Any error except 422."""

    detail: str | dict[str, Any]


class DagVersionResponse(Answer):
    """A version of a DAG."""

    id: UUID
    version_number: int
    dag_id: str
    bundle_name: str | None
    bundle_version: str | None = None
    created_at: datetime
    dag_display_name: str
    bundle_url: str | None = None


def version_of(row: Row) -> DagVersionResponse:
    """From a row with `version_*` columns, `dag_id` and `dag_display_name`."""
    return DagVersionResponse(
        id=UUID(row["version_uuid"]),
        version_number=row["version_number"],
        dag_id=row["dag_id"],
        bundle_name=row["version_bundle_name"],
        created_at=row["version_created_at"],
        dag_display_name=display_name(row),
    )


def display_name(row: Row) -> str:
    """The DAG's name for people, or else its id."""
    name: str = row.get("dag_display_name") or row["dag_id"]
    return name


class CursorAnswer(Answer):
    """A page of a list that also goes by cursor; with one `total_entries` counts no further than
    `total_entries_limit`."""

    total_entries: int
    total_entries_limit: int | None = None
    next_cursor: str | None = None
    previous_cursor: str | None = None


def cursors(rows: Rows) -> dict[str, Any]:
    """The fields of a `CursorAnswer`."""
    return {
        "total_entries": rows.total,
        "total_entries_limit": rows.counted,
        "next_cursor": rows.next_cursor,
        "previous_cursor": rows.previous_cursor,
    }


class BulkActionResponse(Answer):
    """What one kind of bulk action did."""

    success: list[str] = []
    errors: list[dict[str, Any]] = []


class BulkResponse(Answer):
    """What a bulk request did."""

    create: BulkActionResponse | None = None
    update: BulkActionResponse | None = None
    delete: BulkActionResponse | None = None


OnExistence = Literal["fail", "skip", "overwrite"]
OnNonExistence = Literal["fail", "skip"]
MOST_ACTIONS = 100
MOST_ENTITIES = 10_000
Entity = TypeVar("Entity")


class BulkCreate(Body, Generic[Entity]):
    """Things to make."""

    action: Literal["create"]
    entities: list[Entity] = Field(max_length=MOST_ENTITIES)
    action_on_existence: OnExistence = "fail"


class BulkUpdate(Body, Generic[Entity]):
    """Things to change."""

    action: Literal["update"]
    entities: list[Entity] = Field(max_length=MOST_ENTITIES)
    update_mask: list[str] | None = None
    action_on_non_existence: OnNonExistence = "fail"


class BulkRemove(Body, Generic[Entity]):
    """Things to delete, by name or as they are."""

    action: Literal["delete"]
    entities: list[str | Entity] = Field(max_length=MOST_ENTITIES)
    action_on_non_existence: OnNonExistence = "fail"


Action = TypeVar("Action")


class BulkActions(Body, Generic[Action]):
    """Actions, done in order."""

    actions: list[Action] = Field(max_length=MOST_ACTIONS)


BY_ACTION = Field(discriminator="action")
"""Of a union of the three above: `action` tells which it is."""
