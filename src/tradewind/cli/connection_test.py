"""`tradewind connections test`: does the hook of a Connection reach what it is for?"""

from __future__ import annotations

import argparse

from tradewind.authoring.connection import Connection
from tradewind.cli.local import answering
from tradewind.cli.session import Session


def test_connection(args: argparse.Namespace, session: Session) -> int:
    """Call the hook's own test here, as a task would see the Connection; exit status 1 when it fails.

    Raises AirflowException for a type that no hook serves, and AirflowNotFoundException.
    """
    with answering(session):
        found = Connection.get(args.conn_id)
        print(f"Retrieving connection: {args.conn_id!r}\nTesting...")
        hook = found.get_hook()
        if not hasattr(hook, "test_connection"):
            print(f"{type(hook).__name__} has no test of its connection.")
            return 1
        try:
            good, message = hook.test_connection()
        except Exception as error:  # of any library
            good, message = False, f"{type(error).__name__}: {error}"
    print(f"Connection success! {message}" if good else f"Connection failed! {message}")
    return 0 if good else 1
