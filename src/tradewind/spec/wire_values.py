"""Requests about values: XComs, the places of large ones, state stores.  A part of `wire`, where they are named."""

from __future__ import annotations

import msgspec


class GetXCom(msgspec.Struct, frozen=True, kw_only=True, tag="get_xcom"):
    """Reply value: list of `[task_id, map_index, JSON text]`, ordered by task and map index; empty when none."""

    dag_id: str
    run_id: str
    key: str
    task_ids: tuple[str, ...] | None = None
    """None: any task (Airflow 2), newest value last."""
    map_indexes: tuple[int, ...] | None = None
    include_prior_dates: bool = False


class GetXComItems(msgspec.Struct, frozen=True, kw_only=True, tag="get_xcom_items"):
    """Reply value: `[number, [[map index, JSON text], ...]]`: of the values that the instances of one task pushed under
    `key`, ordered by map index, those from `offset` on, `limit` at most; with `after` those after that map index, which
    costs the same however many came before.  `limit` 0 asks for the number of all of them, which is 0 in any other
    answer, because counting costs more than one value."""

    dag_id: str
    run_id: str
    task_id: str
    key: str
    offset: int = 0
    limit: int = 1
    after: int | None = None


class GetXComElement(msgspec.Struct, frozen=True, kw_only=True, tag="get_xcom_element"):
    """Reply value: `[kind, length, JSON text]` of one element of what a task that is not mapped pushed: kind `list`
    with the element, or `dict` with the pair of its key and value; the text is empty when there is no such element.
    `whole` with the whole value when it is neither, or cannot be taken apart; `none` when there is none."""

    dag_id: str
    run_id: str
    task_id: str
    key: str
    index: int


class SetXCom(msgspec.Struct, frozen=True, kw_only=True, tag="set_xcom"):
    """Reply value: None.  Replaces an earlier value of the same key."""

    attempt_id: str
    key: str
    value: str


class ListXComs(msgspec.Struct, frozen=True, kw_only=True, tag="list_xcoms"):
    """Reply value: list of `[key, JSON text]` of one task instance, by key."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int


class ReserveBlob(msgspec.Struct, frozen=True, kw_only=True, tag="reserve_blob"):
    """A place for a value that is too large for a row, made known before anything is written there, so that nothing is
    ever left behind.  Reply value: `[blob id, location]`; a location is an absolute path or the address of an object.
    """

    attempt_id: str
    key: str
    bytes: int
    suffix: str
    """Ending of the name, e.g. `.parquet`."""


class FindBlob(msgspec.Struct, frozen=True, tag="find_blob"):
    """Reply value: the location of a blob, or an error `AirflowNotFoundException`."""

    blob_id: str


class GetState(msgspec.Struct, frozen=True, kw_only=True, tag="get_state"):
    """An entry of the state store of the task instance, or of an asset.  Reply value: JSON text, or None."""

    attempt_id: str
    key: str
    asset: tuple[str, str] | None = None
    """(name, uri): the store of this asset."""


class SetState(msgspec.Struct, frozen=True, kw_only=True, tag="set_state", omit_defaults=True):
    """Reply value: None."""

    attempt_id: str
    key: str
    value: str
    """JSON text."""
    retention: float | None = None
    """Seconds until the entry expires; None: the setting's, -1: never."""
    asset: tuple[str, str] | None = None


class DeleteState(msgspec.Struct, frozen=True, kw_only=True, tag="delete_state", omit_defaults=True):
    """Reply value: number of entries deleted."""

    attempt_id: str
    key: str | None = None
    """None: all of them."""
    all_map_indexes: bool = False
    """Those of all instances of the task in this run."""
    asset: tuple[str, str] | None = None


class KeepSecrets(msgspec.Struct, frozen=True, tag="keep_secrets"):
    """Secrets that a process learned elsewhere than from its supervisor, told before its code can use them, so that
    pages hide what it writes.  Reply value: None.
    """

    values: tuple[str, ...]
