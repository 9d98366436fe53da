"""Logs by bytes and lines, filtered and searched: files of attempts as tasks write them, however they are cut."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from api_lab import Api
from hypothesis import given, settings
from hypothesis import strategies as st

from support.actions_lab import S, dag
from tradewind.ports.store import RunRecord
from tradewind.runtime.logs import AttemptLog, Log
from tradewind.server.live import log_search
from tradewind.server.live.log_files import CHUNK, LEVELS, Outlines, read_forward

URL = "/api/tradewind/dags/d/runs/r/tasks/a"
TEXTS = ["ok", "Ünïcode ♥", 'quote " and \\ slash', "tab\there", "two\nlines", "NEEDLE", "needle"]


def entry(level: str, event: str, **more: Any) -> bytes:
    line = {"timestamp": "2026-03-01T12:00:00Z", "level": level, "event": event, "logger": "l", **more}
    return json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode() + b"\n"


@pytest.fixture
def run(sqlite_api: Api) -> RunRecord:
    """A run whose task `a` failed in its first try."""
    sqlite_api.lab.add(dag("d"))
    made = sqlite_api.lab.run("d", run_id="r")
    sqlite_api.lab.force(made, a=S.FAILED)
    return made


def log_file(api: Api) -> Path:
    path = api.log_folder / "x.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def ask(api: Api, path: str, **query: Any) -> Any:
    answer: httpx.Response = api.v2.get(f"{api.v2.base_url.copy_with(path=URL + path)}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_lines_have_numbers_wherever_one_begins(sqlite_api: Api, run: RunRecord) -> None:
    path = log_file(sqlite_api)
    log = AttemptLog(str(path), Log())
    for number in range(1, 2001):
        log.line("error" if number == 1500 else "info", f"line {number}", "task")
    log.close()
    whole = ask(sqlite_api, "/log", offset=0, limit=2**21)["records"]
    assert [record["line"] for record in whole] == list(range(1, 2001))
    part = ask(sqlite_api, "/log", around=whole[1000]["offset"], limit=4000)["records"]
    assert [record["event"] for record in part] == [f"line {record['line']}" for record in part]
    assert part[0]["line"] < 1001 < part[-1]["line"]
    end = ask(sqlite_api, "/log", limit=1000)
    assert end["records"][-1]["line"] == 2000
    by_line = ask(sqlite_api, "/log", line=700, limit=1000)["records"]
    assert any(record["line"] == 700 and record["event"] == "line 700" for record in by_line)
    only = ask(sqlite_api, "/log", offset=0, level=["error", "critical"])
    assert [(record["line"], record["event"]) for record in only["records"]] == [(1500, "line 1500")]
    assert only["end"] == only["size"]
    assert ask(sqlite_api, "/log", around=whole[1999]["offset"], level="error")["records"][0]["line"] == 1500
    base = sqlite_api.v2.base_url
    assert sqlite_api.v2.get(f"{base.copy_with(path=URL + '/log')}", params={"line": 2001}).status_code == 404
    both = sqlite_api.v2.get(f"{base.copy_with(path=URL + '/log')}", params={"line": 1, "offset": 0})
    assert both.status_code == 400


def test_a_search_says_where_the_lines_are(sqlite_api: Api, run: RunRecord) -> None:
    path = log_file(sqlite_api)
    path.write_bytes(
        entry("info", "all is well")
        + entry("debug", "Needle")
        + entry("error", "Task failed", error_detail=[{"exc_type": "E", "traceback": "needle\n"}])
        + b"plain needle\n"
        + entry("info", "no", logger="needle")
    )
    records = ask(sqlite_api, "/log", offset=0)["records"]
    found = ask(sqlite_api, "/log/search", text="needle")
    assert found["complete"] is True
    assert found["offsets"] == [record["offset"] for record in records[1:4]]
    exact = ask(sqlite_api, "/log/search", text="needle", case=True)["offsets"]
    assert exact == [record["offset"] for record in records[2:4]]
    assert ask(sqlite_api, "/log/search", text="needle", level="debug")["offsets"] == [records[1]["offset"]]
    assert ask(sqlite_api, "/log/search", text="nothing")["offsets"] == []


def test_a_log_is_downloaded_as_text(sqlite_api: Api, run: RunRecord) -> None:
    log_file(sqlite_api).write_bytes(entry("info", "one") + entry("error", "two"))
    url = sqlite_api.v2.base_url.copy_with(path=URL + "/log/raw")
    answer = sqlite_api.v2.get(str(url), params={"form": "text"})
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert [line.split("] ")[1] for line in answer.text.splitlines()] == ["INFO l - one", "ERROR l - two"]


def test_the_page_of_a_task_says_what_ended_it(sqlite_api: Api, run: RunRecord) -> None:
    page = ask(sqlite_api, "")
    assert page["instance"]["state"] == "failed"
    assert [attempt["try_number"] for attempt in page["instance"]["attempts"]] == [1]
    assert (page["previous_task"], page["next_task"], page["mapped"]) == (None, "b", False)
    assert (page["previous_run"], page["next_run"], page["counts"]) == (None, None, {"failed": 1})
    sqlite_api.lab.run("d", run_id="r2")
    following = ask(sqlite_api, "")["next_run"]
    assert (following["run_id"], following["state"]) == ("r2", None)
    missing = sqlite_api.v2.get(str(sqlite_api.v2.base_url.copy_with(path=URL)), params={"map_index": 3})
    assert missing.status_code == 404


lines = st.lists(
    st.one_of(
        st.builds(entry, st.sampled_from(LEVELS), st.sampled_from(TEXTS)),
        st.sampled_from([b"\n", b"not json\n", b"  \n", b'{"no": "event"}\n']),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(lines, st.integers(0, 3000), st.integers(1, 2000), st.sets(st.sampled_from(LEVELS), min_size=1))
def test_what_is_selected_is_what_a_reader_of_all_lines_would(
    tmp_path_factory: pytest.TempPathFactory, made: list[bytes], at: int, limit: int, levels: set[str]
) -> None:
    path = tmp_path_factory.mktemp("log") / "x.log"
    data = b"".join(made)
    path.write_bytes(data + b'{"unfinished')
    every = read_forward(path, 0, len(data) + 1).records
    wanted = [record for record in every if log_search.level_of(data[record.offset :].split(b"\n")[0]) in levels]
    outlines = Outlines()
    below = log_search.select_forward(path, at, limit, levels)
    starts = [record.offset for record in wanted if record.offset >= at]
    assert [record.offset for record in below.records] == starts[: len(below.records)]
    assert below.end == len(data) or len(below.records) >= 1 or at > len(data)
    above = log_search.select_backward(path, at, limit, levels)
    ends = [record.offset for record in wanted if record.offset < above.end]
    assert [record.offset for record in above.records] == ends[len(ends) - len(above.records) :]
    for part in (below, above):
        first = outlines.line_at(path, part.start)
        for record in part.records:
            assert first is not None
            assert first + record.place == data[: record.offset].count(b"\n") + 1
            assert outlines.offset_of(path, first + record.place) == record.offset


@settings(max_examples=60, deadline=None)
@given(lines, st.sampled_from([*TEXTS, "e", '"', "not", "ÜN"]), st.booleans())
def test_what_is_found_is_what_contains_the_text(
    tmp_path_factory: pytest.TempPathFactory, made: list[bytes], text: str, case: bool
) -> None:
    path = tmp_path_factory.mktemp("log") / "x.log"
    path.write_bytes(b"".join(made))
    every = read_forward(path, 0, 2**20).records
    expected = [
        record.offset
        for record in every
        if (text if case else text.casefold()) in (record.event if case else record.event.casefold())
    ]
    found: list[int] = []
    at = 0
    while True:
        part = log_search.find_text(path, at, text, case=case, most=3)
        found += part.offsets
        at = part.scanned
        if part.complete:
            break
    assert found == expected


def test_what_is_larger_than_a_piece_is_found(tmp_path: Path) -> None:
    path = tmp_path / "x.log"
    long = "x" * (CHUNK * 3 // 2)
    path.write_bytes(entry("info", long) + entry("warning", "needle") + entry("error", long + "needle"))
    sizes = [len(line) + 1 for line in path.read_bytes().split(b"\n")[:-1]]
    assert log_search.find_text(path, 0, "needle", case=False).offsets == [sizes[0], sizes[0] + sizes[1]]
    below = log_search.select_forward(path, 0, 10, ["warning"])
    assert [record.event for record in below.records] == ["needle"]
    above = log_search.select_backward(path, 2**40, 10, ["warning"])
    assert [(record.event, record.place) for record in above.records] == [("needle", 1)]
