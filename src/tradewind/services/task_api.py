"""Answers what running tasks ask for: Variables, Connections, XComs, runs.

An executor calls it, on its own threads, for every `wire.Request` of a worker; the server calls it for
remote workers.  A refused request raises a class of `tradewind.errors`, which is sent back by name:
`AirflowNotFoundException` for what does not exist, as DAG authors know it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import msgspec

from tradewind.errors import AirflowNotFoundException, InvalidError, NotFoundError
from tradewind.services.given_secrets import GivenSecrets
from tradewind.spec import wire
from tradewind.store.actions import Actions
from tradewind.store.blobs import Blobs
from tradewind.store.connections import Connections
from tradewind.store.kept_secrets import KeptSecrets
from tradewind.store.known_secrets import KnownSecrets
from tradewind.store.reads import Reads
from tradewind.store.states import STATE_RETENTION, AssetStates, TaskStates
from tradewind.store.task_actions import TaskActions
from tradewind.store.uuid7 import uuid7
from tradewind.store.variables import Variables
from tradewind.store.xcoms import XComs

_SUFFIX = re.compile(r"\.[a-z]{1,10}")


class TaskStore(Protocol):
    """The parts of `store.Store` that tasks may reach."""

    @property
    def variables(self) -> Variables: ...
    @property
    def connections(self) -> Connections: ...
    @property
    def kept_secrets(self) -> KeptSecrets: ...
    @property
    def xcoms(self) -> XComs: ...
    @property
    def actions(self) -> Actions: ...
    @property
    def task_actions(self) -> TaskActions: ...
    @property
    def reads(self) -> Reads: ...
    @property
    def blobs(self) -> Blobs: ...
    @property
    def task_states(self) -> TaskStates: ...
    @property
    def asset_states(self) -> AssetStates: ...


def utc_now() -> datetime:
    """The system's time."""
    return datetime.now(UTC)


class TaskApi:
    """Request in, plain value out; the shapes are in the docstrings of `spec.wire`.  Thread-safe."""

    def __init__(
        self,
        store: TaskStore,
        now: Callable[[], datetime] = utc_now,
        *,
        spill_path: str = "",
        state_retention: timedelta | None = STATE_RETENTION,
        keep_secrets: bool = True,
        secrets: KnownSecrets | None = None,
        new_id: Callable[[], str] = uuid7,
    ) -> None:
        """`now` stamps what is stored.  `spill_path`: folder or address of large XComs, for which `new_id` makes names;
        empty: there is none.  `state_retention`: of entries in state stores that name none; None keeps them.
        `secrets`: those that are told along with what they are in, as `wire.Given`; None: a value is given as it is.
        `keep_secrets`: whether what tasks learn elsewhere is kept, encrypted, to be hidden in what the pages show.
        """
        self._store = store
        self._now = now
        self._spill_path, self._new_id = spill_path, new_id
        self._state_retention = state_retention
        self._keeps_secrets = keep_secrets
        self._given = None if secrets is None else GivenSecrets(secrets)
        self._handlers: Mapping[type, Callable[[Any], object]] = {
            wire.GetVariable: self._get_variable,
            wire.SetVariable: self._set_variable,
            wire.DeleteVariable: lambda request: store.variables.discard(request.key),
            wire.ListVariables: lambda request: list(store.variables.keys(request.prefix or None)),
            wire.GetConnection: self._get_connection,
            wire.KeepSecrets: self._keep_secrets,
            wire.GetXCom: lambda request: [list(found) for found in store.xcoms.get_many(request)],
            wire.GetXComItems: store.xcoms.items,
            wire.GetXComElement: store.xcoms.elements.get,
            wire.SetXCom: self._set_xcom,
            wire.ListXComs: self._list_xcoms,
            wire.ReserveBlob: self._reserve_blob,
            wire.FindBlob: lambda request: store.blobs.find(request.blob_id),
            wire.GetState: self._get_state,
            wire.SetState: self._set_state,
            wire.DeleteState: self._delete_state,
            wire.GetPreviousRun: self._get_previous_run,
            wire.TriggerRun: lambda request: store.task_actions.trigger(request, self._now()),
            wire.GetRunState: lambda request: store.task_actions.run_state(request.dag_id, request.run_id),
            wire.AskPeople: lambda request: store.task_actions.ask(request, self._now()),
            wire.GetAnswer: lambda request: store.task_actions.answer_of(request.ti_id, self._now()),
            wire.GetRun: self._get_run,
            wire.GetAsset: self._get_asset,
            wire.GetAssetEvents: lambda request: _plain(store.reads.assets.events_for_task(request)),
            wire.GetTriggeringEvents: lambda request: _plain(
                store.reads.assets.events_of_run(request.dag_id, request.run_id)
            ),
            wire.GetExternal: lambda request: store.actions.external(
                request.dag_id, request.dates, request.task_ids, request.task_group_id, request.run_ids
            ),
            wire.GetTaskStates: lambda request: store.actions.task_states(
                request.dag_id, request.run_ids, request.task_ids
            ),
        }

    def __call__(self, request: wire.Request) -> object:
        """The answer.  Raises AirflowNotFoundException, InvalidError, StoreError."""
        try:
            found = self._handlers[type(request)](request)
        except NotFoundError as error:
            raise AirflowNotFoundException(str(error)) from error
        return found if self._given is None else self._given.marked(request, found)

    def _get_variable(self, request: wire.GetVariable) -> str:
        return self._store.variables.get(request.key)

    def _set_variable(self, request: wire.SetVariable) -> None:
        self._store.variables.set(request.key, request.value, request.description)

    def _get_connection(self, request: wire.GetConnection) -> dict[str, Any]:
        return msgspec.structs.asdict(self._store.connections.get(request.conn_id))

    def _keep_secrets(self, request: wire.KeepSecrets) -> None:
        if self._keeps_secrets:
            self._store.kept_secrets.tell(request.values)
            if self._given is not None:
                self._given.changed()

    def _set_xcom(self, request: wire.SetXCom) -> None:
        self._store.xcoms.set_by_attempt(request.attempt_id, request.key, request.value, self._now())

    def _get_previous_run(self, request: wire.GetPreviousRun) -> dict[str, Any] | None:
        found = self._store.actions.previous_run(request.dag_id, request.logical_date, request.state)
        return None if found is None else msgspec.structs.asdict(found)

    def _get_run(self, request: wire.GetRun) -> dict[str, Any] | None:
        found = self._store.actions.run_info(request.dag_id, request.run_id)
        return None if found is None else msgspec.structs.asdict(found)

    def _get_asset(self, request: wire.GetAsset) -> dict[str, Any]:
        found = self._store.reads.assets.find(request.name or None, request.uri or None)
        return {name: found[name] for name in ("name", "uri", "group", "extra")}

    def _list_xcoms(self, request: wire.ListXComs) -> list[list[str]]:
        found = self._store.xcoms.list(request.dag_id, request.run_id, request.task_id, map_index=request.map_index)
        return [[record.key, record.value] for record in found]

    def _reserve_blob(self, request: wire.ReserveBlob) -> list[str]:
        if not self._spill_path:
            raise InvalidError(f"the XCom {request.key!r} is too large for a row, and there is no place for large ones")
        if not _SUFFIX.fullmatch(request.suffix):
            raise InvalidError(f"{request.suffix!r} is no ending of a name")
        blob_id = self._new_id()
        return [blob_id, self._store.blobs.reserve(request, self._spill_path, blob_id, self._now())]

    def _get_state(self, request: wire.GetState) -> str | None:
        if request.asset is not None:
            entry = self._store.asset_states.get(request.asset[0], request.key)
            return None if entry is None else entry.value
        return self._store.task_states.get_by_attempt(request.attempt_id, request.key, self._now())

    def _set_state(self, request: wire.SetState) -> None:
        now = self._now()
        if request.asset is not None:
            self._store.asset_states.set_by_attempt(request.attempt_id, request.asset, request.key, request.value, now)
            return
        seconds = request.retention
        expires = self._state_retention if seconds is None else None if seconds < 0 else timedelta(seconds=seconds)
        self._store.task_states.set_by_attempt(request.attempt_id, request.key, request.value, now, expires)

    def _delete_state(self, request: wire.DeleteState) -> int:
        if request.asset is not None:
            return self._store.asset_states.delete_by_attempt(request.attempt_id, request.asset[0], request.key)
        return self._store.task_states.delete_by_attempt(
            request.attempt_id, request.key, all_map_indexes=request.all_map_indexes
        )


def _plain(events: list[wire.AssetEventInfo]) -> list[dict[str, Any]]:
    return [msgspec.structs.asdict(event) for event in events]
