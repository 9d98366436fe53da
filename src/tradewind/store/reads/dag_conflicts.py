"""What is wrong with a DAG only beside what else there is: pools that are missing, assets that contradict each other.
Called by `reads.dags`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from tradewind.spec.dag import DagSpec, DagWarning
from tradewind.store import tables
from tradewind.store.asset_tables import asset


def conflicts(connection: Connection, specs: Mapping[str, DagSpec]) -> dict[str, list[DagWarning]]:
    """DAG -> its warnings, those of DAGs without any left out."""
    pools = frozenset(connection.scalars(select(tables.pool.c.name)))
    names, uris = _ambiguous(connection)
    found = {dag_id: [*_pools(spec, pools), *_assets(spec, names, uris)] for dag_id, spec in specs.items()}
    return {dag_id: warnings for dag_id, warnings in found.items() if warnings}


def _pools(spec: DagSpec, pools: frozenset[str]) -> list[DagWarning]:
    return [
        DagWarning(
            kind="non_existent_pool",
            message=f"DAG {spec.dag_id!r}: pool {name!r} does not exist, so its tasks wait; make it with: "
            f'tradewind pools set {name} 1 ""',
        )
        for name in sorted({task.pool for task in spec.tasks} - pools)
    ]


def _ambiguous(connection: Connection) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Names of several active assets with their URIs, and URIs of several with their names."""
    found = []
    for key, other in ((asset.c.name, asset.c.uri), (asset.c.uri, asset.c.name)):
        several = select(key).where(asset.c.active.is_(True)).group_by(key).having(func.count() > 1)
        rows = connection.execute(select(key, other).where(asset.c.active.is_(True), key.in_(several)).order_by(other))
        groups: dict[str, list[str]] = {}
        for row in rows:
            groups.setdefault(row[0], []).append(row[1])
        found.append(groups)
    return found[0], found[1]


def _assets(spec: DagSpec, names: Mapping[str, list[str]], uris: Mapping[str, list[str]]) -> list[DagWarning]:
    found = []
    for item in spec.assets:
        for what, key, others, own in (
            ("name", item.name, names.get(item.name, []), item.uri),
            ("uri", item.uri, uris.get(item.uri, []), item.name),
        ):
            rest = [other for other in others if other != own]
            if rest:
                kind = "uri" if what == "name" else "name"
                message = (
                    f"DAG {spec.dag_id!r}: asset {item.name!r} with uri {item.uri!r} is another one than that with the "
                    f"same {what} and the {kind} {', '.join(map(repr, rest))}: neither gets the events of the other; "
                    f"give {key!r} one {kind} everywhere"
                )
                found.append(DagWarning(kind="asset_conflict", message=message))
    return found
