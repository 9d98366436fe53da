"""Finds a DAG's spec where a command may look: in its file, or in the database."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tradewind.cli.session import Session

if TYPE_CHECKING:
    from tradewind.spec.dag import DagSpec


def find_spec(session: Session, dag_id: str, args: argparse.Namespace) -> DagSpec:
    """From the file with --local or -S, or when there is no database yet; else the newest version stored.

    Raises NotFoundError.
    """
    subdir = getattr(args, "subdir", None)
    if getattr(args, "local", False) or subdir or session.no_database_yet:
        # imported here: it loads the authoring layer, which commands on the database do not need
        from tradewind.cli.local import spec_of_file

        return spec_of_file(session, dag_id, subdir)
    found = session.store.reads.dags.newest_spec(dag_id)
    if found is None:
        raise session.unknown_dag(dag_id)
    return found
