"""Logs by bytes: parts, outlines, the file itself, and a log that grows while it is read."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import httpx
import pytest
from api_lab import Api
from hypothesis import given
from hypothesis import strategies as st

from support.actions_lab import NOW, dag
from tradewind.ports.store import AttemptChange, NewAttempt, RunRecord, Step
from tradewind.runtime.logs import AttemptLog, Log, note
from tradewind.server.live import log_files
from tradewind.server.live.log_files import Outlines, read_backward, read_forward
from tradewind.spec.states import AttemptState
from tradewind.store.uuid7 import uuid7

URL = "/api/tradewind/dags/d/runs/r/tasks/a/log"


@pytest.fixture
def run(sqlite_api: Api) -> RunRecord:
    """A run with a task `a`."""
    sqlite_api.lab.add(dag("d"))
    return sqlite_api.lab.run("d", run_id="r")


def attempt(api: Api, run: RunRecord, *, log_path: str | None = None) -> tuple[str, Path]:
    """Make a running attempt of task `a`; its id, and the path of its log."""
    made = uuid7()
    relative = log_path or f"d/r/a/{made}.log"
    step = Step(fence="leader", revisions={run.id: api.lab.snapshot(run).run.revision})
    step.new_attempts.append(NewAttempt(made, api.lab.task(run, "a").id, run.id, 0, "w", NOW, relative))
    step.attempts.append(AttemptChange(run.id, made, AttemptState.RUNNING, start_date=NOW))
    assert api.lab.apply(step) == set()
    path = api.log_folder / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    return made, path


def end(api: Api, run: RunRecord, attempt_id: str) -> None:
    step = Step(fence="leader", revisions={run.id: api.lab.snapshot(run).run.revision})
    step.attempts.append(AttemptChange(run.id, attempt_id, AttemptState.SUCCESS, end_date=NOW))
    assert api.lab.apply(step) == set()


def written(path: Path, *lines: tuple[str, str]) -> None:
    """Write (level, text) as a task does."""
    log = AttemptLog(str(path), Log())
    for level, text in lines:
        log.line(level, text, "task.stdout", filename="f.py", lineno=3)
    log.close()


def texts(part: Any) -> list[str]:
    return [record["event"] for record in part["records"]]


def test_a_log_opens_at_its_end_and_is_read_both_ways(sqlite_api: Api, run: RunRecord) -> None:
    _, path = attempt(sqlite_api, run)
    written(path, *(("info", f"line {number}") for number in range(300)))
    client = sqlite_api.as_role("viewer")
    last = client.get(URL, params={"limit": 2000}).json()
    assert texts(last)[-1] == "line 299" and last["end"] == last["size"] == path.stat().st_size and last["active"]
    seen = texts(last)
    at = last["start"]
    while at:
        part = client.get(URL, params={"before": at, "limit": 2000}).json()
        assert part["end"] == at and part["records"]
        seen, at = texts(part) + seen, part["start"]
    assert seen == [f"line {number}" for number in range(300)]
    forward: list[str] = []
    at = 0
    while at < last["size"]:
        part = client.get(URL, params={"offset": at, "limit": 700}).json()
        forward, at = forward + texts(part), part["end"]
    assert forward == seen
    record = last["records"][3]
    assert texts(client.get(URL, params={"offset": record["offset"], "limit": 10}).json()) == [record["event"]]
    assert client.get(URL, params={"offset": 0, "before": 9}).status_code == 400
    assert client.get(URL, params={"file": 3}).status_code == 404
    assert client.get(URL.replace("/a/", "/b/")).status_code == 404


def test_the_outline_knows_levels_errors_groups_and_lines(sqlite_api: Api, run: RunRecord) -> None:
    _, path = attempt(sqlite_api, run)
    quoted = 'a text with "level":"error","event": in it'
    written(path, ("info", "::group::set up"), ("warning", "hm"), ("error", "bad"), ("info", quoted), ("critical", "!"))
    note(str(path), "error", "killed")
    client = sqlite_api.as_role("viewer")
    told = client.get(URL + "/outline").json()
    assert told["counts"] == {"info": 2, "warning": 1, "error": 2, "critical": 1}
    assert told["complete"] and told["lines"] == 6 and told["groups"] == [{"offset": 0, "name": "set up"}]
    errors = [texts(client.get(URL, params={"offset": at, "limit": 1}).json())[0] for at in told["errors"]]
    assert errors == ["bad", "!", "killed"] and told["last_error"] == told["errors"][-1]
    written(path, ("info", "more"))
    assert client.get(URL + "/outline").json()["lines"] == 7


def test_a_large_log_is_outlined_in_pieces_and_its_last_error_is_known_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_files, "CHUNK", 4096)
    monkeypatch.setattr(log_files, "FROM_END", 8192)
    path = tmp_path / "a.log"
    written(path, *((("error" if number == 990 else "info"), f"line {number}") for number in range(1000)))
    outlines = Outlines()
    first = outlines.of(path, budget=10_000)
    assert not first.complete and first.scanned < path.stat().st_size and first.lines < 990
    (record,) = read_forward(path, first.last_error or 0, 10).records
    assert record.event == "line 990"
    while not outlines.of(path, budget=10_000).complete:
        pass
    whole = outlines.of(path)
    assert whole.lines == 1000 and whole.counts == {"info": 999, "error": 1} and whole.first_errors == [record.offset]
    for line, offset in whole.marks:
        assert read_forward(path, offset, 1).records[0].event == f"line {line - 1}"
    path.write_bytes(b"")
    assert outlines.of(path).lines == 0


def test_a_line_without_end_is_not_shown_and_a_giant_one_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b'{"event":"one"}\n{"event":"half')
    assert [record.event for record in read_forward(path, 0, 1000).records] == ["one"]
    assert read_forward(path, 16, 1000).records == []
    assert [record.event for record in read_backward(path, 2**60, 1000).records] == ["one"]
    monkeypatch.setattr(log_files, "LONGEST_LINE", 4096)
    path.write_bytes(b"x" * 10_000 + b"\nafter\n")
    (record,) = read_forward(path, 0, 100).records
    assert record.truncated
    assert [record.event for record in read_forward(path, 4096, 100).records] == ["after"]


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]), max_size=40), max_size=20), st.integers(1, 200))
def test_any_way_through_a_log_gives_the_same_lines(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], limit: int
) -> None:
    path = tmp_path_factory.mktemp("logs") / "a.log"
    path.touch()
    written(path, *(("info", line) for line in lines))
    forward: list[str] = []
    at = 0
    while (part := read_forward(path, at, limit)).end > at:
        forward, at = forward + [record.event for record in part.records], part.end
    backward: list[str] = []
    at = path.stat().st_size
    while at:
        part = read_backward(path, at, limit)
        backward, at = [record.event for record in part.records] + backward, part.start
    assert forward == backward == [json.loads(json.dumps(line)) for line in lines]


def test_the_file_itself_with_a_range(sqlite_api: Api, run: RunRecord) -> None:
    _, path = attempt(sqlite_api, run)
    written(path, ("info", "one"), ("info", "two"))
    whole = path.read_bytes()
    client = sqlite_api.as_role("viewer")
    assert client.get(URL + "/raw").content == whole
    for asked, part, told in (
        ("bytes=0-9", whole[:10], f"bytes 0-9/{len(whole)}"),
        ("bytes=10-", whole[10:], f"bytes 10-{len(whole) - 1}/{len(whole)}"),
        ("bytes=-5", whole[-5:], f"bytes {len(whole) - 5}-{len(whole) - 1}/{len(whole)}"),
    ):
        answer = client.get(URL + "/raw", headers={"range": asked})
        assert (answer.status_code, answer.content, answer.headers["content-range"]) == (206, part, told)
    assert client.get(URL + "/raw", headers={"range": "bytes=9999-"}).status_code == 416


def test_no_log_outside_of_the_folder_is_read(sqlite_api: Api, run: RunRecord, tmp_path: Path) -> None:
    (tmp_path / "secret.log").write_text('{"event":"secret"}\n')
    attempt(sqlite_api, run, log_path="../secret.log")
    client = sqlite_api.as_role("viewer")
    part = client.get(URL).json()
    assert part["records"] == [] and not part["files"][0]["there"]
    assert client.get(URL + "/raw").status_code == client.get(URL + "/outline").status_code == 404
    assert sqlite_api.anonymous.get(URL).status_code == 401


def test_the_outline_of_an_attempt_that_has_written_nothing_yet_is_empty(sqlite_api: Api, run: RunRecord) -> None:
    attempt(sqlite_api, run)
    outline = sqlite_api.as_role("viewer").get(URL + "/outline").json()
    assert (outline["size"], outline["lines"], outline["active"], outline["complete"]) == (0, 0, True, True)


def test_a_log_is_followed_until_its_attempt_is_over(
    sqlite_api: Api, run: RunRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tradewind.server.live.log_routes.ASK_SECONDS", 0.01)
    monkeypatch.setattr("tradewind.server.live.log_routes.LOOK_SECONDS", 0.01)
    attempt_id, path = attempt(sqlite_api, run)
    written(path, ("info", "before"))
    token = sqlite_api.token("viewer")
    seen: list[str] = []
    first = threading.Event()
    ids: list[str] = []

    def follow() -> None:
        with (
            httpx.Client(base_url=sqlite_api.url, headers={"authorization": f"Bearer {token}"}, timeout=30) as client,
            client.stream("GET", URL + "/follow") as answer,
        ):
            for line in answer.iter_lines():
                if line.startswith("id: "):
                    ids.append(line[4:])
                if line.startswith("data: "):
                    seen.extend(texts(json.loads(line[6:])))
                    first.set()
                if line == "event: end":
                    return

    reader = threading.Thread(target=follow)
    reader.start()
    assert first.wait(60)
    monkeypatch.setattr("tradewind.server.live.log_routes.MOST_FOLLOWED", 1)
    refused = sqlite_api.as_role("viewer").get(URL + "/follow")
    assert (refused.status_code, "follows as many logs" in refused.json()["detail"]) == (503, True)
    written(path, ("info", "while"), ("info", "it runs"))
    end(sqlite_api, run, attempt_id)
    reader.join(60)
    assert seen == ["before", "while", "it runs"] and ids[0] != ids[-1]
    with httpx.Client(base_url=sqlite_api.url, timeout=30) as client:
        headers = {"authorization": f"Bearer {token}", "last-event-id": ids[0]}
        assert "while" in client.get(URL + "/follow", headers=headers).text
