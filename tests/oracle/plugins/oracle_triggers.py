"""What the triggerer imports for cases of the oracle: a trigger of a watcher, and an async callback."""

import asyncio
import os
from pathlib import Path

from airflow.triggers.base import BaseEventTrigger, TriggerEvent


class FileTrigger(BaseEventTrigger):
    """An event with what a file of a case holds, which it takes away; then it ends, and is started anew."""

    def __init__(self, case, name):
        super().__init__()
        self.case, self.name = case, name

    def serialize(self):
        return "oracle_triggers.FileTrigger", {"case": self.case, "name": self.name}

    async def run(self):
        path = Path(os.environ["ORACLE_TRACE"]) / f"{self.case}.files" / self.name
        while not path.exists():
            await asyncio.sleep(0.2)
        text = path.read_text().strip()
        path.unlink()
        yield TriggerEvent({"name": self.name, "text": text})


async def deadline_missed(case, line, context=None):
    """A callback of a deadline."""
    text = f"{line} {context['dag_run']['dag_run_id']}\n"
    with (Path(os.environ["ORACLE_TRACE"]) / case).open("ab", buffering=0) as file:
        file.write(text.encode())
