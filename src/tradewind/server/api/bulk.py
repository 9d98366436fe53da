"""Bulk changes: several actions in one request, done in order.  Used by variables, connections and pools.

An action that may not go on (`fail`) changes nothing at all and says why in its errors; the others still happen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

from tradewind.errors import NotFoundError, TradewindError
from tradewind.server.errors import describe, status_of
from tradewind.server.models.common import BulkActionResponse, BulkResponse
from tradewind.server.models.settings import BulkDelete, names

Entity = TypeVar("Entity")


@dataclass(frozen=True)  # no slots: a generic dataclass with slots cannot be made by its alias
class Bulk(Generic[Entity]):
    """How one noun is changed."""

    noun: str
    key: str
    """Name of the field that names an entity."""
    exists: Callable[[str], bool]
    create: Callable[[Entity], None]
    overwrite: Callable[[Entity], None]
    update: Callable[[Entity, Sequence[str] | None], None]
    delete: Callable[[str], None]

    def run(self, actions: Iterable[Any]) -> BulkResponse:
        """Do the actions of a bulk body."""
        done: dict[str, BulkActionResponse] = {}
        for action in actions:
            result = done.setdefault(action.action, BulkActionResponse(success=[], errors=[]))
            {"create": self._create, "update": self._update, "delete": self._delete}[action.action](action, result)
        return BulkResponse(**done)

    def _create(self, action: Any, result: BulkActionResponse) -> None:
        taken = {name for entity in action.entities if self.exists(name := self._name(entity))}
        if taken and action.action_on_existence == "fail":
            listed = ", ".join(sorted(taken))
            result.errors.append({"error": f"these {self.noun} exist already: {listed}", "status_code": 409})
            return
        for entity in action.entities:
            name = self._name(entity)
            if name not in taken:
                self._try(result, name, partial(self.create, entity))
            elif action.action_on_existence == "overwrite":
                self._try(result, name, partial(self.overwrite, entity))

    def _update(self, action: Any, result: BulkActionResponse) -> None:
        missing = self._missing([self._name(entity) for entity in action.entities], action, result)
        if missing is None:
            return
        for entity in action.entities:
            if (name := self._name(entity)) not in missing:
                self._try(result, name, partial(self.update, entity, action.update_mask))

    def _delete(self, action: BulkDelete, result: BulkActionResponse) -> None:
        named = names(action.entities, self.key)
        missing = self._missing(named, action, result)
        if missing is None:
            return
        for name in named:
            if name not in missing:
                self._try(result, name, partial(self.delete, name))

    def _missing(self, named: Sequence[str], action: Any, result: BulkActionResponse) -> set[str] | None:
        """Those that do not exist; None when the action must not go on without them."""
        missing = {name for name in named if not self.exists(name)}
        if missing and action.action_on_non_existence == "fail":
            listed = ", ".join(sorted(missing))
            result.errors.append({"error": f"these {self.noun} do not exist: {listed}", "status_code": 404})
            return None
        return missing

    @staticmethod
    def _try(result: BulkActionResponse, name: str, change: Callable[[], None]) -> None:
        try:
            change()
        except TradewindError as error:
            result.errors.append({"error": f"{name}: {describe(error)}", "status_code": status_of(error)})
        else:
            result.success.append(name)

    def _name(self, entity: Entity) -> str:
        name: str = getattr(entity, self.key)
        return name


def exists(get: Callable[[str], object], name: str) -> bool:
    """Whether `get` finds it."""
    try:
        get(name)
    except NotFoundError:
        return False
    return True
