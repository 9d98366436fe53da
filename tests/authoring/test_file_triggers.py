"""Triggers that wait for a file: what they find, take away and refuse."""

import asyncio
from pathlib import Path

import pytest

from tradewind.authoring.module_loading import import_string
from tradewind.authoring.triggers.base import BaseTrigger
from tradewind.authoring.triggers.file import DirectoryFileDeleteTrigger, FileDeleteTrigger


def first_event(trigger: BaseTrigger) -> bool:
    """What it fires with, after the way through a database."""
    path, arguments = trigger.serialize()
    again = import_string(path)(**arguments)

    async def run() -> bool:
        return bool((await anext(aiter(again.run()))).payload)

    return asyncio.run(asyncio.wait_for(run(), 5))


def test_each_takes_its_own_file(tmp_path: Path) -> None:
    for name in ("orders.csv", "prices.csv", "stock.csv"):
        (tmp_path / name).write_text(name)
    assert first_event(DirectoryFileDeleteTrigger(directory=str(tmp_path), filename="prices.csv"))
    assert first_event(FileDeleteTrigger(filepath=str(tmp_path / "stock.csv")))
    assert [file.name for file in tmp_path.iterdir()] == ["orders.csv"]


def test_the_folder_may_come_later(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    trigger = DirectoryFileDeleteTrigger(directory=str(folder), filename="a", poke_interval=0)

    async def run() -> None:
        waiting = asyncio.ensure_future(anext(aiter(trigger.run())))
        await asyncio.sleep(0)
        folder.mkdir()
        (folder / "a").touch()
        await asyncio.wait_for(waiting, 5)

    asyncio.run(run())
    assert list(folder.iterdir()) == []


def test_what_is_no_folder_fails(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError, match="is not a folder"):
        first_event(DirectoryFileDeleteTrigger(directory=str(tmp_path / "file"), filename="a"))
