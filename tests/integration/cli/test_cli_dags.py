"""`dags` and `tasks`: on the database, on the files alone, and tasks that run in this process."""

from __future__ import annotations

import itertools
import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from cli_lab import BROKEN, FIRST, Command, opened

DAY = "2022-05-05"


# --- Lists, from the files and from the database ----------------------------------------------------------


def test_without_a_database_dags_are_read_from_the_files(run: Command, dags: Path, home: Path) -> None:
    rows = run("dags", "list", "-o", "json").json
    assert [row["dag_id"] for row in rows] == ["my_first_dag", "second_dag"]
    assert rows[0] == {
        "dag_id": "my_first_dag",
        "fileloc": str(dags / "first.py"),
        "owners": ["airflow"],
        "is_paused": "True",
        "bundle_name": "dags-folder",
        "bundle_version": None,
    }
    assert run("tasks", "list", "my_first_dag").out.split() == ["end", "print_hello", "say"]
    assert not (home / "tradewind.db").exists()


def test_with_a_database_dags_are_those_that_were_read_into_it(run: Command, loaded: Path) -> None:
    (loaded / "new.py").write_text(FIRST.replace("my_first_dag", "third").replace("second_dag", "fourth"))
    ids = [row["dag_id"] for row in run("dags", "list", "-o", "json").json]
    assert ids == ["my_first_dag", "second_dag"]
    assert "third" in run("dags", "list", "--local").out
    assert [row["dag_id"] for row in run("dags", "list", "-S", str(loaded / "new.py"), "-o", "json").json] == [
        "fourth",
        "third",
    ]
    run("dags", "unpause", "my_first_dag")
    rows = {row["dag_id"]: row for row in run("dags", "list", "--local", "-o", "json").json}
    assert rows["my_first_dag"]["is_paused"] == "False"


def test_the_columns_of_the_list_can_be_chosen(run: Command, loaded: Path) -> None:
    rows = run("dags", "list", "--columns", "dag_id,schedule,tags", "-o", "json").json
    assert rows[0] == {"dag_id": "my_first_dag", "schedule": "0 2 * * *", "tags": ["example", "first"]}
    assert "no column 'color'" in run("dags", "list", "--columns", "color", code=1).err
    assert "no bundle 'git'" in run("dags", "list", "-B", "git", code=1).err


@pytest.mark.parametrize("arguments", [["--local"], []])
def test_files_with_errors_are_listed_and_the_others_stay(run: Command, dags: Path, arguments: list[str]) -> None:
    (dags / "broken.py").write_text(BROKEN)
    if not arguments:
        assert "1 with errors" in run("dags", "reserialize", code=1).out
    result = run("dags", "list", *arguments)
    assert "my_first_dag" in result.out
    assert "1 file could not be loaded" in result.err
    rows = run("dags", "list-import-errors", *arguments, "-o", "json", code=1).json
    assert [(row["filepath"], row["line"]) for row in rows] == [(str(dags / "broken.py"), "3")]
    assert "a_package_that_is_missing" in rows[0]["error"]
    (dags / "broken.py").unlink()
    if not arguments:
        run("dags", "reserialize")
    assert run("dags", "list-import-errors", *arguments, "-o", "json").json == []


def test_report_says_what_each_file_costs(run: Command, dags: Path) -> None:
    (dags / "broken.py").write_text(BROKEN)
    rows = {row["file"]: row for row in run("dags", "report", "-o", "json").json}
    assert (rows["first.py"]["dag_num"], rows["first.py"]["task_num"]) == ("2", "4")
    assert rows["broken.py"]["error_num"] == "1"
    assert float(rows["first.py"]["duration"]) > 0


@pytest.mark.parametrize("form", ["table", "plain", "yaml"])
def test_other_forms_of_output(run: Command, loaded: Path, form: str) -> None:
    out = run("dags", "list", "-o", form).out
    assert "my_first_dag" in out
    assert str(loaded / "first.py") in out  # not cut, however long the path


def test_details_and_show(run: Command, loaded: Path) -> None:
    found = run("dags", "details", "my_first_dag", "-o", "json").json[0]
    assert (found["task_count"], found["catchup"], found["schedule"]) == ("3", "False", "0 2 * * *")
    text = run("dags", "show", "my_first_dag").out
    assert text.startswith('digraph "my_first_dag" {')
    assert '"print_hello" -> "say"' in text
    assert text == run("dags", "show", "my_first_dag", "--local").out


def test_show_saves_the_graph(run: Command, loaded: Path, tmp_path: Path) -> None:
    run("dags", "show", "my_first_dag", "-s", str(tmp_path / "graph"))
    assert "digraph" in (tmp_path / "graph.dot").read_text()
    assert "dot -Tpng" in run("dags", "show", "my_first_dag", "-s", "graph.png", code=1).err


# --- Runs -------------------------------------------------------------------------------------------------


def test_trigger_makes_a_run_with_conf_and_logical_date(run: Command, loaded: Path) -> None:
    made = run("dags", "trigger", "my_first_dag", "-r", "one", "-c", '{"name": "sky"}', "-e", DAY, "-o", "json")
    assert "is paused" in made.err
    found = made.json[0]
    assert (found["dag_run_id"], found["state"], found["conf"]) == ("one", "queued", {"name": "sky"})
    assert found["logical_date"] == f"{DAY}T00:00:00+00:00"
    assert run("dags", "state", "my_first_dag", "one").out == 'queued, {"name": "sky"}\n'
    assert run("dags", "state", "my_first_dag", DAY).out.startswith("queued")
    for arguments in (["my_first_dag"], ["-d", "my_first_dag"]):
        rows = run("dags", "list-runs", *arguments, "-o", "json").json
        assert [(row["run_id"], row["execution_date"]) for row in rows] == [("one", f"{DAY}T00:00:00+00:00")]
    assert run("dags", "list-runs", "my_first_dag", "--state", "success", "-o", "json").json == []
    assert run("dags", "list-runs", "my_first_dag", "-s", "2022-05-06", "-o", "json").json == []


def test_a_run_without_a_logical_date_is_made_where_that_is_said(run: Command, loaded: Path) -> None:
    (made,) = run("dags", "trigger", "second_dag", "--no-logical-date", "-o", "json").json
    assert (made["logical_date"], made["run_type"]) == (None, "manual")
    assert "exclude each other" in run("dags", "trigger", "second_dag", "--no-logical-date", "-l", DAY, code=1).err


def test_trigger_without_a_date_takes_now(run: Command, loaded: Path) -> None:
    found = run("dags", "trigger", "second_dag", "-o", "json").json[0]
    assert found["run_type"] == "manual"
    assert datetime.fromisoformat(found["logical_date"]).tzinfo is not None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["my_first_dag", "-c", "{name}"], "not JSON"),
        (["my_first_dag", "-c", "[1]"], "not a JSON object"),
        (["my_first_dag", "-l", "someday"], "not a date"),
        (["my_first_dag", "-l", "2021-01-01"], "before the start date"),
        (["my_first_dig"], "did you mean 'my_first_dag'"),
    ],
)
def test_triggers_that_are_refused(run: Command, loaded: Path, arguments: list[str], message: str) -> None:
    result = run("dags", "trigger", *arguments, code=1)
    assert message in result.err
    assert run("dags", "list-runs", "my_first_dag", "-o", "json").json == []


def test_the_same_run_is_not_made_twice(run: Command, loaded: Path) -> None:
    run("dags", "trigger", "second_dag", "-r", "one")
    assert "one" in run("dags", "trigger", "second_dag", "-r", "one", code=1).err


def test_next_execution_follows_the_schedule(run: Command, loaded: Path) -> None:
    times = run("dags", "next-execution", "my_first_dag", "-n", "3").out.split()
    found = [datetime.fromisoformat(text) for text in times]
    assert [(at.hour, at.minute) for at in found] == [(2, 0)] * 3
    assert [(b - a).days for a, b in itertools.pairwise(found)] == [1, 1]
    after = run("dags", "next-execution", "my_first_dag", "--field", "run_after").out.strip()
    assert (datetime.fromisoformat(after) - found[0]).days == 1
    assert run("dags", "next-execution", "second_dag").out == "None\n"


def test_pause_and_unpause_one_or_many(run: Command, loaded: Path) -> None:
    assert run("dags", "unpause", "my_first_dag", "-o", "json").json == [
        {"dag_id": "my_first_dag", "is_paused": "False"}
    ]
    rows = run("dags", "unpause", ".*_dag", "--treat-dag-id-as-regex", "-y", "-o", "json").json
    assert [row["dag_id"] for row in rows] == ["my_first_dag", "second_dag"]
    run("dags", "pause", "second_dag")
    states = {row["dag_id"]: row["is_paused"] for row in run("dags", "list", "-o", "json").json}
    assert states == {"my_first_dag": "False", "second_dag": "True"}
    assert "--yes" in run("dags", "pause", "_dag", "--treat-dag-id-as-regex", code=1).err
    assert "not a regular expression" in run("dags", "pause", "(", "--treat-dag-id-as-regex", "-y", code=1).err


def test_delete_asks_and_the_dag_comes_back_with_its_file(run: Command, loaded: Path) -> None:
    assert "--yes" in run("dags", "delete", "second_dag", code=1).err
    assert "deleted" in run("dags", "delete", "second_dag", "-y").out
    assert "no DAG 'second_dag'" in run("dags", "details", "second_dag", code=1).err
    run("dags", "reserialize")
    run("dags", "details", "second_dag")


# --- Tasks ------------------------------------------------------------------------------------------------


def test_task_lists(run: Command, loaded: Path) -> None:
    assert run("tasks", "list", "my_first_dag").out == "end\nprint_hello\nsay\n"
    assert run("tasks", "list", "my_first_dag", "--tree").out == "print_hello\n    say\n        end\n"
    rows = {row["task_id"]: row for row in run("tasks", "list", "my_first_dag", "-o", "json").json}
    assert (rows["say"]["operator"], rows["say"]["upstream"]) == ("BashOperator", ["print_hello"])


def test_states_of_tasks(run: Command, loaded: Path) -> None:
    run("dags", "trigger", "my_first_dag", "-r", "one", "-l", DAY)
    assert run("tasks", "state", "my_first_dag", "say", "one").out == "None\n"
    assert run("tasks", "state", "my_first_dag", "say", DAY).out == "None\n"
    rows = run("tasks", "states-for-dag-run", "my_first_dag", "one", "-o", "json").json
    assert [row["task_id"] for row in rows] == ["print_hello", "say", "end"]
    assert "did you mean 'say'" in run("tasks", "state", "my_first_dag", "sai", "one", code=1).err
    assert "map index 3" in run("tasks", "state", "my_first_dag", "say", "one", "--map-index", "3", code=1).err


def test_explain_answers_in_one_sentence(run: Command, loaded: Path) -> None:
    run("dags", "trigger", "my_first_dag", "-r", "one", "-l", DAY)
    first, *rest = run("explain", "task", "my_first_dag", "say", "one").out.splitlines()
    assert first.startswith("`say` waits: its run is still queued: ")
    assert "    fix: tradewind dags unpause my_first_dag" in rest
    assert "dag_paused" in run("tasks", "failed-deps", "my_first_dag", "say", "one").out
    assert run("explain", "run", "my_first_dag", "one").out.startswith("Run `one` has been queued for ")
    assert "DAG `my_first_dag` makes no new run now: it is paused" in run("explain", "dag", "my_first_dag").out
    (found,) = run("explain", "run", "my_first_dag", DAY, "-o", "json").json
    assert found["unmet"][0]["name"] == "dag_paused"
    assert "no DAG 'my_first'" in run("explain", "dag", "my_first", code=1).err
    assert "no task 'sai'" in run("explain", "task", "my_first_dag", "sai", "one", code=1).err


def test_clear_lets_tasks_run_again(run: Command, loaded: Path, home: Path) -> None:
    for run_id, date in (("one", DAY), ("two", "2022-05-06")):
        run("dags", "trigger", "my_first_dag", "-r", run_id, "-l", date)
        with opened(home) as store:
            store.actions.set_run_state("my_first_dag", run_id, "success")
    result = run("tasks", "clear", "my_first_dag", "-t", "^say$", "-e", DAY, code=1)
    assert "my_first_dag one say (skipped)" in result.out
    assert "--yes" in result.err
    assert run("tasks", "clear", "my_first_dag", "-t", "^say$", "-d", "-e", DAY, "-y").out.startswith("2 task")
    assert run("tasks", "state", "my_first_dag", "say", "one").out == "None\n"
    assert run("tasks", "state", "my_first_dag", "end", "one").out == "None\n"
    assert run("tasks", "state", "my_first_dag", "print_hello", "one").out == "skipped\n"
    assert run("tasks", "state", "my_first_dag", "say", "two").out == "skipped\n"
    assert run("dags", "state", "my_first_dag", "one").out == "queued\n"
    assert run("tasks", "clear", "my_first_dag", "--run-id", "two", "--only-failed", "-y").out == "Nothing to clear\n"
    assert "nothing fits 'nope'" in run("tasks", "clear", "my_first_dag", "-t", "nope", "-y", code=1).err


MARKED = """
import datetime
from tradewind import DAG, EmptyOperator
from tradewind.authoring.external_task import ExternalTaskMarker
with DAG("up", start_date=datetime.datetime(2022, 1, 1), schedule=None):
    EmptyOperator(task_id="load") >> ExternalTaskMarker(
        task_id="mark", external_dag_id="down", external_task_id="wait"
    )
with DAG("down", start_date=datetime.datetime(2022, 1, 1), schedule=None):
    EmptyOperator(task_id="wait") >> EmptyOperator(task_id="after")
"""


def test_clear_lists_the_dags_that_depend_on_it(run: Command, dags: Path, home: Path) -> None:
    (dags / "marked.py").write_text(MARKED)
    run("dags", "reserialize")
    for dag_id in ("up", "down"):
        run("dags", "trigger", dag_id, "-r", "one", "-l", DAY)
        with opened(home) as store:
            store.actions.set_run_state(dag_id, "one", "success")
    asked = run("tasks", "clear", "up", "-t", "^load$", "-d", code=1).out
    assert "down one after (skipped)" in asked
    assert "2 task instances of down, which depends on what is cleared" in asked
    whole = run("dags", "clear", "up", "--run-id", "one", code=1).out
    assert "one: 2 task instances, 0 failed\n2 task instances of down, which" in whole
    assert "down" not in run("dags", "clear", "up", "--run-id", "one", "-x", code=1).out
    assert "down" not in run("tasks", "clear", "up", "-t", "^load$", "-d", "-x", code=1).out
    assert "down" not in run("tasks", "clear", "up", "-t", "^mark$", code=1).out
    assert run("tasks", "clear", "up", "-t", "^load$", "-d", "-y").out == "4 task instances cleared\n"
    assert run("dags", "state", "down", "one").out == "queued\n"


# --- Tasks and DAGs that run here -------------------------------------------------------------------------


def test_a_task_runs_now_and_nothing_is_recorded(run: Command, dags: Path, home: Path) -> None:
    result = run("tasks", "test", "my_first_dag", "print_hello", DAY)
    assert f"hello on {DAY}\n" in result.out
    assert [path.name for path in home.iterdir()] == ["dags"]
    result = run("tasks", "test", "my_first_dag", "say", DAY, "-t", '{"name": "moon"}')
    assert f"hello moon on {DAY}" in result.out + result.err


def test_a_task_is_found_where_its_dag_was_read_last(run: Command, loaded: Path, tmp_path: Path) -> None:
    """Another terminal gave `standalone` its --dags-folder; this command names none."""
    elsewhere = tmp_path / "elsewhere"
    loaded.rename(elsewhere)
    assert "cannot be read" in run("tasks", "test", "my_first_dag", "print_hello", DAY, code=1).err
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRADEWIND_DAGS_FOLDER", str(elsewhere))
        run("dags", "reserialize")
    assert f"hello on {DAY}\n" in run("tasks", "test", "my_first_dag", "print_hello", DAY).out
    assert run("dags", "test", "my_first_dag", DAY).out.endswith("success\n")


def test_a_task_that_fails_shows_its_traceback_and_fails(run: Command, dags: Path) -> None:
    (dags / "bad.py").write_text(
        FIRST.replace('print("hello on", ds)', "raise ValueError('no luck')").replace("my_first_dag", "bad")
    )
    result = run("tasks", "test", "bad", "print_hello", DAY, code=1)
    assert "ValueError: no luck" in result.err
    assert re.search(r'bad\.py", line \d+, in hello', result.err)


READS = """
from datetime import datetime
from tradewind import DAG, PythonOperator, Variable

def show():
    print("the variable is", Variable.get("greeting"))

with DAG("reads", start_date=datetime(2022, 5, 1), schedule=None):
    PythonOperator(task_id="show", python_callable=show)
"""


def test_variables_come_from_the_database_when_there_is_one_and_from_the_environment(
    run: Command, dags: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (dags / "reads.py").write_text(READS)
    assert "greeting" in run("tasks", "test", "reads", "show", DAY, code=1).err
    run("variables", "set", "greeting", "good day")
    assert "the variable is good day" in run("tasks", "test", "reads", "show", DAY).out
    monkeypatch.setenv("AIRFLOW_VAR_GREETING", "from outside")
    assert "the variable is from outside" in run("tasks", "test", "reads", "show", DAY).out


def test_the_environment_of_a_tested_task_can_be_given(run: Command, dags: Path) -> None:
    (dags / "reads.py").write_text(READS)
    out = run("tasks", "test", "reads", "show", DAY, "--env-vars", '{"AIRFLOW_VAR_GREETING": "given"}').out
    assert "the variable is given" in out
    assert "not JSON" in run("tasks", "test", "reads", "show", DAY, "--env-vars", "x=1", code=1).err


def test_render_prints_the_templates_and_runs_nothing(run: Command, dags: Path) -> None:
    out = run("tasks", "render", "my_first_dag", "say", DAY).out
    assert "# property: bash_command" in out
    assert f"\necho hello world on {DAY}\n" in out
    assert run("tasks", "test", "my_first_dag", "say", DAY, "--dry-run").out == out


def test_a_run_that_exists_gives_its_conf_to_the_tested_task(run: Command, loaded: Path) -> None:
    run("dags", "trigger", "my_first_dag", "-r", "one", "-l", "2022-06-06", "-c", '{"name": "sea"}')
    assert "echo hello sea on 2022-06-06" in run("tasks", "render", "my_first_dag", "say", "one").out


def test_a_whole_dag_runs_here(run: Command, dags: Path, home: Path) -> None:
    result = run("dags", "test", "my_first_dag", DAY, "-c", '{"name": "stars"}', "--show-dagrun")
    assert f"hello on {DAY}" in result.out
    assert "hello stars" in result.out + result.err
    assert result.out.rstrip().endswith("success")
    assert not (home / "tradewind.db").exists()


def test_a_dag_that_fails_here_fails(run: Command, dags: Path) -> None:
    (dags / "bad.py").write_text(FIRST.replace("echo hello", "exit 3; echo").replace("my_first_dag", "bad"))
    out = run("dags", "test", "bad", DAY, "-f", str(dags / "bad.py"), code=1).out
    assert "say: " in out
    assert out.rstrip().endswith("failed")
    ok = run("dags", "test", "bad", DAY, "--mark-success-pattern", "^say$")
    assert ok.out.rstrip().endswith("success")


def test_only_the_file_of_the_dag_is_run(run: Command, dags: Path) -> None:
    (dags / "loud.py").write_text("from tradewind import DAG\nprint('I was run')\n")
    assert "I was run" not in run("tasks", "test", "my_first_dag", "print_hello", DAY).out


def test_json_is_one_line_that_parses(run: Command, loaded: Path) -> None:
    out = run("dags", "list", "-o", "json").out
    assert len(out.splitlines()) == 1
    json.loads(out)


PARTITIONS = """
from datetime import datetime
from airflow.sdk import DAG, CronPartitionTimetable
from airflow.operators.empty import EmptyOperator
from airflow.timetables.base import DagRunInfo, Timetable

class Mine(Timetable):
    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        return None

daily = CronPartitionTimetable("0 0 * * *", timezone="Asia/Taipei", run_offset=-1, key_format="%Y-%m-%d")
with DAG("by_day", schedule=daily, start_date=datetime(2024, 1, 1), catchup=True):
    EmptyOperator(task_id="a")
with DAG("mine", schedule=Mine(), start_date=datetime(2024, 1, 1)):
    EmptyOperator(task_id="a")
"""


def test_next_execution_shows_partitions_and_asks_no_code_of_users(run: Command, loaded: Path) -> None:
    (loaded / "partitions.py").write_text(PARTITIONS)
    run("dags", "reserialize")
    found = run("dags", "next-execution", "by_day", "-n", "2", "--field", "partition_key").out.split()
    assert found == ["2024-01-01", "2024-01-02"], "midnight of the 2nd in Taipei is the first after the start date"
    assert run("dags", "next-execution", "by_day").out == "None\n", "such a run has no logical date"
    answer = run("dags", "next-execution", "mine")
    assert answer.out == "None\n"
    assert "was not asked" in answer.err
