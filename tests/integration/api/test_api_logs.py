"""Logs over REST: real files of real attempts."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from api_lab import Api

from support.actions_lab import NOW, dag
from tradewind.ports.store import AttemptChange, NewAttempt, RunRecord, Step
from tradewind.runtime.logs import AttemptLog, Log
from tradewind.server.logs import MAX_LINES
from tradewind.spec.states import AttemptState
from tradewind.store.uuid7 import uuid7

URL = "/dags/d/dagRuns/r/taskInstances/a/logs"


@pytest.fixture
def run(sqlite_api: Api) -> RunRecord:
    """A run with a task `a`."""
    sqlite_api.lab.add(dag("d"))
    return sqlite_api.lab.run("d", run_id="r")


def attempt(api: Api, run: RunRecord, number: int, *, ended: bool, log_path: str | None = None) -> Path:
    """Make an attempt of task `a`; the path of its log."""
    made = uuid7()
    relative = log_path or f"d/r/a/{made}.log"
    step = Step(fence="leader", revisions={run.id: api.lab.snapshot(run).run.revision})
    step.new_attempts.append(NewAttempt(made, api.lab.task(run, "a").id, run.id, number, "w", NOW, relative))
    step.attempts.append(AttemptChange(run.id, made, AttemptState.RUNNING, start_date=NOW))
    if ended:
        step.attempts.append(AttemptChange(run.id, made, AttemptState.SUCCESS, end_date=NOW))
    assert api.lab.apply(step) == set()
    path = api.log_folder / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def written(path: Path, *texts: str) -> None:
    """Write lines as a task does."""
    log = AttemptLog(str(path), Log())
    for text in texts:
        log.line("info", text, "task.stdout", filename="f.py", lineno=3)
    log.close()


def events(answer: httpx.Response) -> list[str]:
    """The texts of a JSON answer."""
    assert answer.status_code == 200, answer.text
    return [line["event"] for line in answer.json()["content"]]


def test_a_log_as_json(sqlite_api: Api, run: RunRecord) -> None:
    written(attempt(sqlite_api, run, 1, ended=True), "one", "two ü", "<b>&")
    answer = sqlite_api.v2.get(f"{URL}/1")
    assert events(answer) == ["one", "two ü", "<b>&"]
    assert answer.json()["continuation_token"] is None
    first = answer.json()["content"][0]
    assert (first["level"], first["logger"], first["filename"]) == ("info", "task.stdout", "f.py")
    assert first["timestamp"].endswith("Z")
    assert events(sqlite_api.v2.get(f"{URL}/1", params={"full_content": True})) == ["one", "two ü", "<b>&"]


def test_a_log_as_text_and_as_lines(sqlite_api: Api, run: RunRecord) -> None:
    path = attempt(sqlite_api, run, 1, ended=True)
    written(path, "one", "two")
    with path.open("a") as file:
        entry = {"event": "it broke", "level": "error", "error_detail": [{"traceback": "Traceback:\n  boom\n"}]}
        file.write(json.dumps(entry) + "\n")
    text = sqlite_api.v2.get(f"{URL}/1", headers={"accept": "text/plain"})
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    lines = text.text.splitlines()
    assert lines[0].endswith("INFO task.stdout - one")
    assert lines[2:] == ["ERROR it broke", "Traceback:", "  boom"]
    lines = sqlite_api.v2.get(f"{URL}/1", headers={"accept": "application/x-ndjson"}).text.splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["one", "two", "it broke"]
    assert sqlite_api.v2.get(f"{URL}/1", headers={"accept": "image/png"}).status_code == 406
    browser = "text/html;q=0.9, */*;q=0.1"
    assert sqlite_api.v2.get(f"{URL}/1", headers={"accept": browser}).headers["content-type"] == "application/json"


def test_following_the_log_of_a_running_task(sqlite_api: Api, run: RunRecord) -> None:
    path = attempt(sqlite_api, run, 1, ended=False)
    answer = sqlite_api.v2.get(f"{URL}/1")
    assert events(answer) == []
    written(path, "one")
    answer = sqlite_api.v2.get(f"{URL}/1", params={"token": answer.json()["continuation_token"]})
    assert events(answer) == ["one"]
    with path.open("a") as file:
        file.write('{"event": "ha')
    answer = sqlite_api.v2.get(f"{URL}/1", params={"token": answer.json()["continuation_token"]})
    assert events(answer) == [], "half a line waits for the rest"
    with path.open("a") as file:
        file.write('lf"}\n')
    answer = sqlite_api.v2.get(f"{URL}/1", params={"token": answer.json()["continuation_token"]})
    assert events(answer) == ["half"]
    assert answer.json()["continuation_token"] is not None
    assert events(sqlite_api.v2.get(f"{URL}/1")) == ["one", "half"], "without a token from the start"


def test_a_try_of_several_attempts_is_one_log(sqlite_api: Api, run: RunRecord) -> None:
    written(attempt(sqlite_api, run, 1, ended=True), "poke 1")
    written(attempt(sqlite_api, run, 1, ended=True), "poke 2", "poke 3")
    written(attempt(sqlite_api, run, 2, ended=True), "second try")
    assert events(sqlite_api.v2.get(f"{URL}/1")) == ["poke 1", "poke 2", "poke 3"]
    assert events(sqlite_api.v2.get(f"{URL}/2")) == ["second try"]


def test_a_long_log_comes_in_parts(sqlite_api: Api, run: RunRecord) -> None:
    path = attempt(sqlite_api, run, 1, ended=True)
    with path.open("w") as file:
        file.writelines(f'{{"event": "{number}"}}\n' for number in range(MAX_LINES + 50))
    seen: list[str] = []
    token = None
    for _ in range(2):
        answer = sqlite_api.v2.get(f"{URL}/1", params={"token": token} if token else {})
        seen += events(answer)
        token = answer.json()["continuation_token"]
    assert token is None
    assert seen == [str(number) for number in range(MAX_LINES + 50)]
    whole = sqlite_api.v2.get(f"{URL}/1", params={"full_content": True})
    assert events(whole) == seen
    assert whole.json()["continuation_token"] is None


def test_tokens_that_are_not_taken(sqlite_api: Api, run: RunRecord) -> None:
    written(attempt(sqlite_api, run, 1, ended=False), "one")
    other = attempt(sqlite_api, run, 2, ended=False)
    written(other, "two")
    token = sqlite_api.v2.get(f"{URL}/1").json()["continuation_token"]
    for wrong in ("x", "!!!", "W10", "WyJhIiwtMV0", "WyJhIiwxXQ", token[:-2] + "zz"):
        answer = sqlite_api.v2.get(f"{URL}/1", params={"token": wrong})
        assert answer.status_code == 400, wrong
        assert sqlite_api.v2.get(f"{URL}/1", params={"token": wrong, "full_content": True}).status_code == 400
    assert sqlite_api.v2.get(f"{URL}/2", params={"token": token}).status_code == 400, "of the other try"


def test_tries_that_have_no_log(sqlite_api: Api, run: RunRecord) -> None:
    assert sqlite_api.v2.get(f"{URL}/1").status_code == 404
    assert sqlite_api.v2.get("/dags/d/dagRuns/r/taskInstances/z/logs/1").status_code == 404
    assert sqlite_api.v2.get(f"{URL}/1", params={"map_index": 3}).status_code == 404
    assert sqlite_api.v2.get(f"{URL}/-1").status_code == 422
    attempt(sqlite_api, run, 1, ended=True)
    (told,) = events(sqlite_api.v2.get(f"{URL}/1"))
    assert "not in the log folder" in told


@pytest.mark.parametrize("log_path", ["../secret.txt", "/etc/passwd", "d/../../secret.txt", "link/secret.txt"])
def test_no_log_outside_of_the_folder_is_read(sqlite_api: Api, run: RunRecord, log_path: str) -> None:
    secret = sqlite_api.log_folder.parent / "secret.txt"
    secret.write_text("root:secret\n")
    (sqlite_api.log_folder / "link").symlink_to(sqlite_api.log_folder.parent)
    attempt(sqlite_api, run, 1, ended=True, log_path=log_path)
    for params in ({}, {"full_content": True}):
        for accept in ("application/json", "text/plain"):
            answer = sqlite_api.v2.get(f"{URL}/1", params=params, headers={"accept": accept})
            assert answer.status_code == 200
            assert "root" not in answer.text
            assert "log folder" in answer.text


def test_what_a_task_wrote_by_itself_cannot_break_the_answer(sqlite_api: Api, run: RunRecord) -> None:
    path = attempt(sqlite_api, run, 1, ended=True)
    lines = [
        b"plain text",
        b'{"event": {"nested": 1}, "timestamp": "yesterday"}',
        b'{"event": "x", "timestamp": 12, "error_detail": "odd"}',
        b"[1, 2]",
        b"\xff\xfe broken",
        b"",
        b'{"no": "event"}',
    ]
    path.write_bytes(b"\n".join(lines) + b"\n")
    answer = sqlite_api.v2.get(f"{URL}/1")
    assert len(events(answer)) == 6
    assert events(answer)[1] == '{"nested": 1}'
    assert sqlite_api.v2.get(f"{URL}/1", headers={"accept": "text/plain"}).status_code == 200
