"""Writes what a scheduling step says about triggers.  Called by `store.steps`, inside its transaction."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, update

from tradewind.ports.store import Step
from tradewind.spec.external import ExternalWait
from tradewind.store.tables import trigger

_INSERT = insert(trigger)
_DROP = delete(trigger).where(trigger.c.id == bindparam("trigger"))
_RESOLVE = (
    update(trigger)
    .where(trigger.c.id == bindparam("trigger"))
    .values(
        state="spent", triggerer_id=None, outcome="event", event=bindparam("brought"), fired_at=bindparam("resolved_at")
    )
)
_SPEND = update(trigger).where(trigger.c.id == bindparam("trigger")).values(state="spent", triggerer_id=None)


def write_triggers(connection: Connection, step: Step) -> None:
    """Enter the triggers that tasks begin to wait for; mark those that were acted on, and delete those that nobody
    needs, which cancels them.  Deleting one that is gone already is no miss.
    """
    if step.new_triggers:
        connection.execute(
            _INSERT,
            [
                {
                    "id": new.id,
                    "kind": new.kind,
                    "dag_run_id": new.run_pk,
                    "ti_id": new.ti_id,
                    "classpath": new.trigger_class,
                    "kwargs": new.kwargs,
                    "next_kwargs": new.next_kwargs,
                    "awaits": None if new.awaits is None else encode_wait(new.awaits),
                    "queue": new.queue,
                    "priority_weight": new.priority_weight,
                    "log_path": new.log_path,
                    "state": "waiting",
                    "created_at": new.created_at,
                }
                for new in step.new_triggers
            ],
        )
    resolved = [change for change in step.triggers if change.event is not None]
    if resolved:
        connection.execute(
            _RESOLVE,
            [{"trigger": change.id, "brought": change.event, "resolved_at": change.at} for change in resolved],
        )
    for statement, drop in ((_SPEND, False), (_DROP, True)):
        rows = [{"trigger": change.id} for change in step.triggers if change.drop is drop and change.event is None]
        if rows:
            connection.execute(statement, rows)


def encode_wait(wait: ExternalWait) -> str:
    """JSON text for the column `awaits`: ids, dates and states, nothing secret."""
    return msgspec.json.encode(wait).decode()


def decode_wait(text: str) -> ExternalWait:
    """The inverse."""
    return msgspec.json.decode(text, type=ExternalWait)
