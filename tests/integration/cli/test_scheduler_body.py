"""The scheduler's process: while it leads, a janitor cleans up beside it, and both stop together."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tradewind import bootstrap
from tradewind.cli import bodies
from tradewind.services.janitor import Janitor
from tradewind.settings import load_settings


def janitors() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "janitor"]


def test_the_leading_scheduler_cleans_up_and_stops_cleanly(tmp_path: Path, monkeypatch) -> None:
    settings = load_settings({"TRADEWIND_HOME": str(tmp_path), "TRADEWIND_SLOTS": "1"})
    bootstrap.ensure_home(settings)
    long_ago = datetime.now(UTC) - timedelta(days=400)
    with bootstrap.open_store(settings) as store:
        store.migrate()
        store.leases.register("long gone", "scheduler", long_ago)
        store.leases.end("long gone", long_ago)
        leads, cleaned, stop = threading.Event(), threading.Event(), threading.Event()
        counts: list[dict[str, int]] = []
        clean = Janitor.run_once

        def watched(self: Janitor, now: datetime) -> dict[str, int]:
            counts.append(dict(clean(self, now)))
            cleaned.set()
            return counts[-1]

        monkeypatch.setattr(Janitor, "run_once", watched)
        service = threading.Thread(target=bodies.scheduler(settings, leads.set), args=(stop,))
        service.start()
        try:
            assert leads.wait(60) and cleaned.wait(60)
            assert len(janitors()) == 1
        finally:
            stop.set()
            service.join(60)
        assert not service.is_alive() and not janitors()
        assert counts[0]["worker"] == 1
