"""The services as `services.process` and `services.standalone` run them: built in their own process,
then run.

Called by `cli.services` and `cli.standalone`.  Each function takes the settings and a `tell` that is
called when the service is ready, and returns the body to run.
"""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tradewind import bootstrap
from tradewind.errors import StoreError, TradewindError
from tradewind.ports.leases import LeadershipLost
from tradewind.services.process import Body
from tradewind.settings import Settings
from tradewind.store.wakeup import ERRANDS, MAPPINGS, QUESTIONS, TRIGGERS

if TYPE_CHECKING:
    import uvicorn

    from tradewind.store import Store

Tell = Callable[[], None]
HEALTH = "/api/v2/monitor/health"
_LINGER = 3
"""Seconds that open requests get when the API server stops."""

log = logging.getLogger(__name__)


def set_up_logging(verbose: bool) -> None:
    """Warnings (or, verbose, everything of interest) as lines on standard error."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        force=True,
    )


def scheduler(settings: Settings, tell: Tell) -> Body:
    """The scheduler with its local workers; ready when it leads."""
    store = bootstrap.open_store(settings)
    store.check()

    def body(stop: threading.Event) -> None:
        try:
            led = False
            while not stop.is_set():
                try:
                    if not _lead_once(settings, store, tell, stop):
                        return
                    led = True
                    log.warning("this scheduler lost the lead; it waits as a standby now")
                except StoreError as error:
                    if not led:
                        raise
                    # it led and lost the database: it stays, and leads again when the database is back
                    log.warning("the database cannot be used; trying again: %s", error)
                    stop.wait(1.0)
        finally:
            store.close()

    return body


def _lead_once(settings: Settings, store: Store, tell: Tell, stop: threading.Event) -> bool:
    """Wait for the lead, and lead, cleaning up meanwhile; True when another scheduler took over."""
    wakeup = store.wakeup()
    over = threading.Event()
    janitor = threading.Thread(target=bootstrap.make_janitor(store).serve, args=(over,), name="janitor", daemon=True)

    def leads() -> None:
        janitor.start()
        tell()

    try:
        bootstrap.make_scheduler(settings, store, wakeup).run(stop, leads)
    except LeadershipLost:
        return True
    finally:
        over.set()
        if janitor.ident is not None:
            janitor.join(_LINGER)
        wakeup.close()
    return False


def dag_processor(settings: Settings, tell: Tell) -> Body:
    """The process that reads the DAG files; ready when it starts to look."""
    store = bootstrap.open_store(settings)
    store.check()

    def body(stop: threading.Event) -> None:
        over = threading.Event()
        beside: list[threading.Thread] = []
        try:
            parser = bootstrap.make_parser(settings, bootstrap.make_task_api(settings, store))
            service = bootstrap.make_dag_processor(settings, store, parser)
            asks = (
                ("forecaster", bootstrap.make_forecaster(store, parser).serve, QUESTIONS),
                ("key-mapper", bootstrap.make_key_mapper(store, parser).serve, MAPPINGS),
                ("errands", bootstrap.make_errand_runner(settings, store, parser, service).serve, ERRANDS),
            )
            for name, serve, watched in asks:
                thread = threading.Thread(target=serve, args=(over, store.wakeup(watched)), name=name, daemon=True)
                thread.start()
                beside.append(thread)
            tell()
            service.serve(stop)  # closes the parser
        finally:
            over.set()
            for thread in beside:
                thread.join(_LINGER)
            store.close()

    return body


def triggerer(
    settings: Settings, tell: Tell, *, capacity: int | None = None, queues: Sequence[str] | None = None
) -> Body:
    """The process that waits for deferred tasks; ready at once."""
    store = bootstrap.open_store(settings)
    store.check()

    def body(stop: threading.Event) -> None:
        wakeup = store.wakeup(TRIGGERS)
        try:
            bootstrap.make_triggerer(settings, store, wakeup, capacity=capacity, queues=queues).run(stop, tell)
        finally:
            store.close()

    return body


def api_server(settings: Settings, listener: socket.socket, tell: Tell) -> Body:
    """The API server on a socket that listens already; ready when it answers."""
    import uvicorn  # imported here: only this service needs it

    from tradewind.server.app import calm_collector
    from tradewind.server.warm import warm

    store = bootstrap.open_store(settings)
    store.check()
    app = bootstrap.make_app(settings, store)
    calm_collector()
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        http="httptools",
        ws="none",
        lifespan="on",
        timeout_graceful_shutdown=_LINGER,
        server_header=False,
    )

    def body(stop: threading.Event) -> None:
        server = uvicorn.Server(config)
        ended = threading.Event()
        threading.Thread(
            target=_stop_server, args=(server, stop, app.state.live.close), name="stop-server", daemon=True
        ).start()

        def begin() -> None:
            _tell_when_healthy(listener, tell, ended)
            warm(app, ended)

        beginning = threading.Thread(target=begin, name="health", daemon=True)
        beginning.start()
        try:
            server.run(sockets=[listener])
        finally:
            ended.set()
            beginning.join(_LINGER)
            store.close()
        if not server.started:
            raise TradewindError("the API server could not start; its reason is in the lines above")

    return body


def _stop_server(server: uvicorn.Server, stop: threading.Event, end_streams: Callable[[], None]) -> None:
    stop.wait()
    end_streams()  # they would go on for ever, and the server waits for its answers
    server.should_exit = True


def _tell_when_healthy(listener: socket.socket, tell: Tell, ended: threading.Event) -> None:
    """Ask the server over its own socket; the kernel keeps the question until the server takes it."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    while not ended.is_set():
        try:
            if asks_well(host, port):
                tell()
                return
        except OSError as error:
            log.warning("the API server does not answer at %s:%s: %s", host, port, error)
        ended.wait(0.5)


def asks_well(host: str, port: int) -> bool:
    """Whether the health page answers with 200; waits up to 30 seconds for an answer."""
    with socket.create_connection((host, port), timeout=30) as connection:
        request = f"GET {HEALTH} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        with connection.makefile("rb") as answer:
            return answer.readline().split()[1:2] == [b"200"]
