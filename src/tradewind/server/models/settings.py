"""Variables, connections and pools."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import ConfigDict, Field, JsonValue, field_validator

from tradewind.runtime.masking import MASK as MASK
from tradewind.runtime.masking import is_sensitive
from tradewind.server.models.common import (
    BY_ACTION,
    Answer,
    Body,
    BulkActions,
    BulkCreate,
    BulkRemove,
    BulkUpdate,
    Text,
)
from tradewind.spec.wire import ConnectionData
from tradewind.store.pools import PoolRecord
from tradewind.store.variables import VariableRecord


class VariableResponse(Answer):
    """A variable.  The value of one whose key tells of a secret is hidden."""

    key: str
    value: str
    description: str | None
    is_encrypted: bool = True
    team_name: str | None = None


class VariableCollectionResponse(Answer):
    """A page of variables."""

    variables: list[VariableResponse]
    total_entries: int


class VariableBody(Body):
    """A variable to write.  A value that is not a text is stored as JSON."""

    key: Text = Field(min_length=1, max_length=250)
    value: JsonValue
    description: Text | None = None
    team_name: str | None = Field(default=None, max_length=50)

    def text(self) -> str:
        """The value as it is stored."""
        return self.value if isinstance(self.value, str) else json.dumps(self.value)


class ConnectionResponse(Answer):
    """A connection.  The password is never shown, and the secret parts of `extra` are hidden."""

    # `schema` is Airflow's name and hides a deprecated method of pydantic's
    model_config = ConfigDict(
        strict=True, extra="forbid", validate_by_name=True, validate_by_alias=True, serialize_by_alias=True
    )

    connection_id: str
    conn_type: str
    description: str | None
    host: str | None
    login: str | None
    database: str | None = Field(alias="schema")
    port: int | None
    password: str | None
    extra: str | None
    team_name: str | None = None


class ConnectionCollectionResponse(Answer):
    """A page of connections."""

    connections: list[ConnectionResponse]
    total_entries: int


class ConnectionBody(Body):
    """A connection to write."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, validate_by_alias=True)

    connection_id: str = Field(min_length=1, max_length=200, pattern=r"^[\w.-]+$")
    conn_type: Text
    description: Text | None = None
    host: Text | None = None
    login: Text | None = None
    database: Text | None = Field(default=None, alias="schema")
    port: int | None = Field(default=None, ge=0, le=65535)
    password: Text | None = None
    extra: Text | None = None
    team_name: str | None = Field(default=None, max_length=50)

    @field_validator("extra")
    @classmethod
    def _is_an_object(cls, extra: str | None) -> str | None:
        if extra:
            try:
                content = json.loads(extra)
            except (ValueError, RecursionError):
                content = None
            if not isinstance(content, dict):
                # what was sent is not repeated: it holds secrets
                raise ValueError('extra is not a JSON object, such as {"key": "value"}')
        return extra

    def data(self) -> ConnectionData:
        """As the store takes it."""
        return ConnectionData(
            conn_id=self.connection_id,
            conn_type=self.conn_type,
            description=self.description,
            host=self.host,
            login=self.login,
            password=self.password,
            schema=self.database,
            port=self.port,
            extra=self.extra,
        )


class PoolResponse(Answer):
    """A pool and how full it is."""

    name: str
    slots: int = Field(ge=-1)
    description: str | None
    include_deferred: bool
    occupied_slots: int
    running_slots: int
    queued_slots: int
    scheduled_slots: int
    open_slots: int
    deferred_slots: int
    team_name: str | None = None


class PoolCollectionResponse(Answer):
    """A page of pools."""

    pools: list[PoolResponse]
    total_entries: int


Slots = Annotated[int, Field(ge=-1, le=2**31 - 1, description="-1: no limit.")]


class PoolBody(Body):
    """A pool to write."""

    name: Text = Field(min_length=1, max_length=250)
    slots: Slots
    description: Text | None = None
    include_deferred: bool = False
    team_name: str | None = Field(default=None, max_length=50)


class PoolPatchBody(Body):
    """What to change of a pool."""

    pool: Text | None = None
    slots: Slots | None = None
    description: Text | None = None
    include_deferred: bool | None = None
    team_name: str | None = Field(default=None, max_length=50)


# --- Bulk ---------------------------------------------------------------------------------------------------
# One set of three for each noun: generic models would give the schemas names that no client knows.


class BulkCreateVariables(BulkCreate[VariableBody]):
    """Variables to create."""


class BulkUpdateVariables(BulkUpdate[VariableBody]):
    """Variables to change."""


class BulkDelete(BulkRemove[dict[str, Any]]):
    """Things to delete, by name or as they are."""


class BulkVariables(BulkActions[Annotated[BulkCreateVariables | BulkUpdateVariables | BulkDelete, BY_ACTION]]):
    """Actions on variables, done in order."""


class BulkCreateConnections(BulkCreate[ConnectionBody]):
    """Connections to create."""


class BulkUpdateConnections(BulkUpdate[ConnectionBody]):
    """Connections to change."""


class BulkConnections(BulkActions[Annotated[BulkCreateConnections | BulkUpdateConnections | BulkDelete, BY_ACTION]]):
    """Actions on connections, done in order."""


class BulkCreatePools(BulkCreate[PoolBody]):
    """Pools to create."""


class BulkUpdatePools(BulkUpdate[PoolBody]):
    """Pools to change."""


class BulkPools(BulkActions[Annotated[BulkCreatePools | BulkUpdatePools | BulkDelete, BY_ACTION]]):
    """Actions on pools, done in order."""


# --- Answers ------------------------------------------------------------------------------------------------


def is_secret(name: str) -> bool:
    """Whether a key of this name is hidden; `auth` may be one, though it is more often the name of a method."""
    return is_sensitive(name) or "auth" in name.lower()


def masked(value: Any, name: str = "") -> Any:
    """The value with everything hidden that lies under a secret name."""
    if name and is_secret(name) and value not in (None, ""):
        return MASK
    if isinstance(value, dict):
        return {key: masked(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value


def masked_json(text: str | None) -> str | None:
    """JSON text, masked.  What is no JSON object or list is hidden as a whole."""
    if not text:
        return text
    try:
        value = json.loads(text)
    except ValueError:
        return MASK
    return json.dumps(masked(value)) if isinstance(value, (dict, list)) else MASK


def variable_answer(variable: VariableRecord) -> VariableResponse:
    """A variable, its secrets hidden."""
    value = variable.value
    if is_secret(variable.key):
        value = MASK if value else value
    else:
        value = _masked_if_structured(value)
    return VariableResponse(key=variable.key, value=value, description=variable.description)


def _masked_if_structured(text: str) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    hidden = masked(value)
    return text if hidden == value else json.dumps(hidden)


def connection_answer(data: ConnectionData) -> ConnectionResponse:
    """A connection, its secrets hidden."""
    return ConnectionResponse(
        connection_id=data.conn_id,
        conn_type=data.conn_type,
        description=data.description,
        host=data.host,
        login=data.login,
        schema=data.schema,
        port=data.port,
        password=MASK if data.password else None,
        extra=masked_json(data.extra),
    )


def pool_answer(pool: PoolRecord) -> PoolResponse:
    """A pool."""
    return PoolResponse(
        name=pool.name,
        slots=pool.slots,
        description=pool.description,
        include_deferred=pool.include_deferred,
        occupied_slots=pool.occupied,
        running_slots=pool.running,
        queued_slots=pool.queued,
        scheduled_slots=pool.scheduled,
        open_slots=pool.open,
        deferred_slots=pool.deferred,
    )


def names(entities: Iterable[str | dict[str, Any]], key: str) -> list[str]:
    """The names of what is to be deleted; an object tells its name under `key`."""
    return [entity if isinstance(entity, str) else str(entity.get(key, "")) for entity in entities]
