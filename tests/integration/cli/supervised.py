"""A program that the supervisor's tests run: parts whose behaviour the arguments choose.

`python supervised.py name=behaviour ...`; prints one line per event.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

from tradewind.errors import TradewindError
from tradewind.services.process import Body
from tradewind.services.standalone import Part, Supervisor, Tell


def say(text: str) -> None:
    os.write(1, text.encode() + b"\n")


def maker(name: str, behaviour: str):
    def make(tell: Tell) -> Body:
        say(f"{name} pid {os.getpid()}")
        if behaviour == "broken":
            raise TradewindError("the frobnicator is bent", fix="unbend it.")
        if behaviour == "crash":
            os.kill(os.getpid(), signal.SIGKILL)

        def body(stop: threading.Event) -> None:
            if behaviour == "helper":
                helper = subprocess.Popen(["sleep", "600"])
                say(f"{name} helper {helper.pid}")
            tell()
            stop.wait()
            if behaviour == "hang":
                say(f"{name} hangs")
                time.sleep(600)
            say(f"{name} stopped")

        return body

    return make


def main() -> int:
    parts = []
    for argument in sys.argv[1:]:
        name, behaviour = argument.split("=")
        parts.append(Part(name, maker(name, behaviour), stop_within=1.0 if behaviour == "hang" else 20.0))
    supervisor = Supervisor(
        parts, on_ready=lambda: say("all ready"), on_note=lambda text: say(f"note {text}"), slow_after=60
    )
    try:
        code = supervisor.run()
    except TradewindError as error:
        say(f"error {error}")
        return 1
    say("clean end")
    return code


if __name__ == "__main__":
    sys.exit(main())
