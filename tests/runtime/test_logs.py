"""Logs and masking without a worker: pages, broken lines, spellings of secrets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tradewind import authoring
from tradewind.authoring.operators.python import PythonOperator
from tradewind.runtime import masking
from tradewind.runtime.logs import AttemptLog, Line, Log, LogFolderError, error_detail, note, read_log
from tradewind.runtime.masking import Masker, mask_secret, masker, redact
from tradewind.spec import wire


class Memory(Log):
    def __init__(self) -> None:
        self.events: list[str] = []

    def write(self, line: Line) -> None:
        self.events.append(line.event)


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    yield
    masker.forget()


def test_pages_follow_a_log_that_grows(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    assert read_log(path).entries == [] and read_log(path).end
    log = AttemptLog(str(path), Memory())
    for number in range(5):
        log.line("info", f"line {number}", "x")
    first = read_log(path, 0, 3)
    assert [entry["event"] for entry in first.entries] == ["line 0", "line 1", "line 2"] and not first.end
    rest = read_log(path, first.offset, 3)
    assert [entry["event"] for entry in rest.entries] == ["line 3", "line 4"] and rest.end
    with path.open("ab") as file:
        file.write(b"not json\n\xff half a line")
    page = read_log(path, rest.offset)
    assert [entry["event"] for entry in page.entries] == ["not json"] and page.end
    log.line("info", " done", "x")
    assert len(read_log(path, page.offset).entries) == 1
    log.close()
    log.line("info", "after the end", "x")
    assert "after the end" not in path.read_text(errors="replace")


def caught(code: Callable[[], object]) -> dict[str, Any]:
    try:
        code()
    except BaseException as error:
        assert error.__traceback__ is not None
        (detail,) = error_detail(error.with_traceback(error.__traceback__.tb_next))  # as if the runtime had called it
        return detail
    raise AssertionError("nothing was raised")


def users_code() -> None:
    raise ValueError("mine")


def test_an_exception_of_a_dag_file_is_called_as_its_file_is() -> None:
    drift = type("SchemaDrift", (ValueError,), {"__module__": "_tradewind_dag_file_5e037bb4122c_warehouse"})
    (detail,) = error_detail(drift("a column is missing"))
    assert detail["traceback"].rstrip() == "warehouse.SchemaDrift: a column is missing"


def test_a_traceback_begins_with_the_users_code() -> None:
    def cause() -> None:
        try:
            PythonOperator(task_id="a", python_callable=users_code).execute({})  # type: ignore[arg-type]
        except ValueError as error:
            raise RuntimeError("because") from error

    detail = caught(PythonOperator(task_id="b", python_callable=cause, op_args=[]).execute_callable)
    assert [frame["name"] for frame in detail["frames"]] == ["cause"]
    assert detail["traceback"].index("ValueError: mine") < detail["traceback"].index("RuntimeError: because")


def test_an_error_of_an_operator_keeps_its_frames() -> None:
    operator = Path(authoring.__file__).parent / "operators" / "bash.py"
    code = compile("def execute():\n    raise LookupError('ours')", str(operator), "exec")
    names: dict[str, Any] = {}
    exec(code, names)  # a frame that looks as if it were in the package
    assert [frame["filename"] for frame in caught(names["execute"])["frames"]] == [str(operator)]


def test_long_texts_and_deep_stacks_are_shortened() -> None:
    def deeper() -> None:
        deeper()

    def verbose() -> None:
        raise ValueError("x" * 10_000_000 + "the end")

    detail = caught(verbose)
    assert len(detail["traceback"]) < 70_000 and detail["exc_value"].endswith("the end")
    assert detail["traceback"].startswith("Traceback") and "characters left out" in detail["traceback"]
    detail = caught(deeper)
    assert len(detail["frames"]) <= 200 and "more times" in detail["traceback"]


def test_half_a_character_is_written_as_its_number(tmp_path: Path) -> None:
    log = AttemptLog(str(tmp_path / "a.log"), Memory())
    log.line("info", "file \udcff.csv", "x", error_detail=[{"frames": [{"name": "\udc80"}]}])
    (entry,) = read_log(tmp_path / "a.log").entries
    assert entry["event"] == "file \\udcff.csv" and entry["error_detail"][0]["frames"][0]["name"] == "\\udc80"


def test_a_note_after_half_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b'{"event": "cut o')
    note(str(path), "error", "killed")
    assert [entry["event"] for entry in read_log(path).entries] == ['{"event": "cut o', "killed"]


def test_a_full_disk_does_not_fail_the_task() -> None:
    fallback = Memory()
    log = AttemptLog("/dev/full", fallback)
    log.line("info", "precious", "x")
    log.line("info", "more", "x")
    log.close()
    assert "/dev/full cannot be written" in fallback.events[0]
    assert fallback.events[1:] == ["precious", "more"], "said once, and nothing is lost"


def test_lines_are_json_with_everything_in_it(tmp_path: Path) -> None:
    log = AttemptLog(str(tmp_path / "a.log"), Memory())
    log.line("warning", "ü \n two", "some.logger", created=0.5, filename="f.py", lineno=3)
    log.close()
    assert json.loads((tmp_path / "a.log").read_text()) == {
        "timestamp": "1970-01-01T00:00:00.500000Z",
        "level": "warning",
        "event": "ü \n two",
        "logger": "some.logger",
        "filename": "f.py",
        "lineno": 3,
    }
    assert (tmp_path / "a.log").stat().st_mode & 0o007 == 0


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("p@ss/word+1", "postgres://u:p%40ss%2Fword%2B1@h"),
        ('quo"ted\\', json.dumps({"k": 'quo"ted\\'})),
        ("-----KEY-----\nabcdefgh\nijklmnop", "... abcdefgh"),
        (12345678, "the number 12345678"),
        (b"bytes-secret", "bytes-secret"),
    ],
)
def test_a_secret_is_found_in_every_spelling(secret: object, text: str) -> None:
    known = Masker()
    known.add(secret)
    assert masking.MASK in known.mask(text)


def test_what_is_not_secret_stays() -> None:
    mask_secret("abc")
    mask_secret("plain-value", "host")
    mask_secret(
        {"password": "nested-secret", "port": 54321, "list": [{"api_key": "deep-secret"}], "none": None, "flag": True}
    )
    assert masker.mask("abc plain-value 54321 True None") == "abc plain-value 54321 True None"
    assert masker.mask("nested-secret deep-secret") == "*** ***"
    assert redact({"password": "x", "user": "u", "more": ["deep-secret"]}) == {
        "password": "***",
        "user": "u",
        "more": ["***"],
    }


def test_replies_and_the_environment_teach() -> None:
    masking.learn(
        wire.GetConnection("c"), {"password": "conn-secret", "extra": '{"token": "extra-secret", "region": "eu-west"}'}
    )
    masking.learn(wire.GetVariable("api_key"), "variable-secret")
    masking.learn(wire.GetVariable("config"), '{"secret": "json-secret", "name": "visible"}')
    masking.learn_environment(
        {
            "AIRFLOW_CONN_A": "mysql://u:url%2Dsecret@h/?aws_secret_access_key=query-secret&region=us-east",
            "TRADEWIND_CONN_B": '{"conn_type": "x", "password": "b-secret", "extra": {"private_key": "b-key-secret"}}',
            "AIRFLOW_VAR_TOKEN": "env-secret",
            "OTHER_TOKEN": "untouched",
        }
    )
    words = ["conn", "extra", "variable", "json", "url", "query", "b", "b-key", "env"]
    assert masker.mask(" ".join(f"{word}-secret" for word in words)) == " ".join(["***"] * len(words))
    assert masker.mask("eu-west visible us-east untouched") == "eu-west visible us-east untouched"


def test_the_folder_of_a_log_is_made_when_it_is_opened(tmp_path: Path) -> None:
    log = AttemptLog(str(tmp_path / "dag" / "run" / "a.log"), Memory())
    assert not (tmp_path / "dag").exists()
    log.open()
    log.close()
    assert (tmp_path / "dag" / "run" / "a.log").read_bytes() == b""
    log.open()
    log.line("info", "of a thread that was left behind", "x")
    assert (tmp_path / "dag" / "run" / "a.log").read_bytes() == b""


def test_a_log_whose_folder_cannot_be_made_goes_to_the_fallback(tmp_path: Path) -> None:
    (tmp_path / "dag").write_text("a file in the way")
    fallback = Memory()
    log = AttemptLog(str(tmp_path / "dag" / "a.log"), fallback)
    with pytest.raises(LogFolderError, match="its log cannot be written"):
        log.open()
    log.line("info", "first", "x")
    log.line("info", "second", "x")
    log.close()
    assert len(fallback.events) == 3 and "cannot be written" in fallback.events[0]
    assert fallback.events[1:] == ["first", "second"]
