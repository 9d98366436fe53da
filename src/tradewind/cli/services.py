"""`tradewind scheduler`, `api-server`, `dag-processor` and `triggerer`: the parts of Tradewind, each in a process of
its own.

Options of Airflow's commands that have no meaning here (daemons, log files) are refused by name, so
that nobody believes in them; a process manager or the shell does these jobs.
"""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable
from functools import partial

from tradewind import bootstrap
from tradewind.cli import bodies
from tradewind.cli.parser import CommandParser, Option, argument
from tradewind.cli.session import Session
from tradewind.errors import InvalidError
from tradewind.services.process import listen, run_service
from tradewind.settings import Settings

DAGS_FOLDER = argument("--dags-folder", metavar="PATH", help="folder of the DAG files (default: <home>/dags)")
PORT = argument("-p", "--port", metavar="N", help="port of the API server (default: 8080; 0 takes a free one)")
HOST = argument("-H", "--host", "--hostname", metavar="ADDRESS", help="address it listens on (default: 127.0.0.1)")
NO_AUTH = argument(
    "--no-auth",
    action="store_true",
    default=None,
    help="everyone who reaches the API is the administrator; on loopback addresses only",
)
EXTRA = 12.0
"""Seconds that a scheduler needs to stop beyond the grace period of its tasks."""
STOP_WITHIN = 10.0
"""Seconds that the other services get to stop."""

_UNSUPPORTED: dict[str, str] = {
    "--daemon": "let a process manager such as systemd keep it running, or start it with nohup ... &",
    "--pid": "let a process manager keep track of the process",
    "--log-file": "redirect standard error",
    "--stdout": "redirect standard output",
    "--stderr": "redirect standard error",
}


def add(parser: CommandParser) -> None:
    """Put arguments and handler of the command that was given on the parser."""
    handlers: dict[str, tuple[Callable[[argparse.Namespace, Session], int], tuple[Option, ...]]] = {
        "scheduler": (run_scheduler, (argument("--slots", metavar="N", help="tasks at once"),)),
        "dag-processor": (run_dag_processor, (DAGS_FOLDER,)),
        "triggerer": (
            run_triggerer,
            (
                argument("--capacity", metavar="N", help="triggers at once (default: 1000)"),
                argument("--queues", metavar="NAMES", help="only triggers of these queues, separated by commas"),
            ),
        ),
        "api-server": (run_api_server, (PORT, HOST, NO_AUTH)),
    }
    handler, options = handlers[parser.command]
    parser.handle(handler, *options)
    parser.add_argument("-D", "--daemon", action="store_true", help=argparse.SUPPRESS)
    for option in ("--pid", "--log-file", "--stdout", "--stderr"):
        parser.add_argument(option, help=argparse.SUPPRESS)


def run_scheduler(args: argparse.Namespace, session: Session) -> int:
    """Run until a signal."""
    settings = _prepare(args, session)
    body = bodies.scheduler(settings, partial(_say, f"scheduler: leads and runs tasks in {settings.slots} slots"))
    _say("scheduler: started; Ctrl-C stops it")
    return run_service(body, stop_within=settings.grace + EXTRA)


def run_dag_processor(args: argparse.Namespace, session: Session) -> int:
    """Run until a signal."""
    settings = _prepare(args, session)
    body = bodies.dag_processor(settings, partial(_say, f"dag-processor: reads {settings.dags_folder}"))
    return run_service(body, stop_within=STOP_WITHIN)


def run_triggerer(args: argparse.Namespace, session: Session) -> int:
    """Run until a signal."""
    capacity = None
    if args.capacity is not None:
        if not args.capacity.isdecimal() or int(args.capacity) < 1:
            raise InvalidError(f"--capacity {args.capacity!r} is not a number of triggers", fix="use 1 or more.")
        capacity = int(args.capacity)
    queues = [name.strip() for name in args.queues.split(",") if name.strip()] if args.queues else None
    settings = _prepare(args, session)
    ready = partial(_say, "triggerer: waits for deferred tasks")
    body = bodies.triggerer(settings, ready, capacity=capacity, queues=queues)
    return run_service(body, stop_within=STOP_WITHIN)


def run_api_server(args: argparse.Namespace, session: Session) -> int:
    """Run until a signal."""
    bootstrap.check_exposure(session.settings)
    settings = _prepare(args, session)
    listener = listen(settings.host, settings.port)
    ready = f"api-server: {url(settings.host, listener.getsockname()[1])}"
    return run_service(bodies.api_server(settings, listener, partial(_say, ready)), stop_within=STOP_WITHIN)


def url(host: str, port: int) -> str:
    """How a browser on this machine reaches the server."""
    shown = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _prepare(args: argparse.Namespace, session: Session) -> Settings:
    for option, fix in _UNSUPPORTED.items():
        if getattr(args, option[2:].replace("-", "_"), None):
            raise InvalidError(f"{option} is not supported: a service runs in the foreground", fix=f"{fix}.")
    bodies.set_up_logging(args.verbose)
    bootstrap.ensure_home(session.settings)
    return session.settings


def _say(text: str) -> None:
    with contextlib.suppress(BrokenPipeError):  # who read it has gone; the service goes on
        print(text, flush=True)
