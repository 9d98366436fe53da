"""`tradewind backfill` and Airflow 2's `dags backfill`."""

from __future__ import annotations

from pathlib import Path

from cli_lab import Command

RANGE = ("--dag-id", "my_first_dag", "--from-date", "2022-05-05", "--to-date", "2022-05-07T23:00:00+00:00")


def test_a_dry_run_lists_each_date_with_its_reason_and_makes_nothing(loaded: Path, run: Command) -> None:
    result = run("backfill", "create", *RANGE, "--dry-run", "-o", "json")
    assert [(row["logical_date"], row["action"], row["reason"]) for row in result.json] == [
        (f"2022-05-0{day}T02:00:00+00:00", "create", "no run yet") for day in (5, 6, 7)
    ]
    assert "This makes 3 new runs from 2022-05-05T02:00:00" in result.err
    assert "How long it takes is not known" in result.err
    assert run("backfill", "list", "-o", "json").json == []


def test_the_life_of_a_backfill(loaded: Path, run: Command) -> None:
    made = run(
        "backfill", "create", *RANGE, "--max-active-runs", "2", "--dag-run-conf", '{"name": "you"}', "-o", "json"
    )
    assert "my_first_dag is paused" in made.err
    (backfill,) = made.json
    number = backfill["id"]
    assert (backfill["state"], backfill["progress"], backfill["dag_run_conf"]) == ("running", "0 of 3", {"name": "you"})
    again = run("backfill", "create", *RANGE, code=1)
    assert f"backfill {number} of DAG 'my_first_dag' has some of the same dates" in again.err
    assert run("backfill", "pause", number, "-o", "json").json[0]["state"] == "paused"
    assert run("backfill", "resume", number, "-o", "json").json[0]["state"] == "running"
    assert run("backfill", "update", number, "--stop-after", "3", "-o", "json").json[0]["stop_after"] == "3"
    assert run("backfill", "show", number, "--runs", "-o", "json").json == []
    assert run("backfill", "cancel", number, "-o", "json").json[0]["state"] == "cancelled"
    assert "already completed" in run("backfill", "unpause", number, code=1).err
    assert "nothing runs again" in run("backfill", "retry", number, "--dry-run").out
    assert "0 failed runs will run again" in run("backfill", "retry", number).err
    assert [row["id"] for row in run("backfill", "list", "-o", "json").json] == [number]
    assert run("backfill", "list", "--active", "-o", "json").json == []
    assert "my_first_dag" in run("backfill", "list").out


def test_dates_tasks_and_what_is_wrong(loaded: Path, run: Command) -> None:
    days = ("--date", "2022-05-05", "--date", "2022-05-09T02:00:00+00:00")
    made = run(
        "backfill", "create", "--dag-id", "my_first_dag", *days, "-t", "say", "--downstream", "--only", "missing",
        "--paused", "-o", "json",
    )  # fmt: skip
    assert "Only the tasks say, end." in made.err
    assert (made.json[0]["progress"], made.json[0]["state"]) == ("0 of 2", "paused")
    assert (
        "has no run at"
        in run("backfill", "create", "--dag-id", "my_first_dag", "--date", "2022-05-05T03:00", code=1).err
    )
    assert "no backfill 99" in run("backfill", "show", "99", code=1).err
    assert "future dates" in run("backfill", "create", *RANGE[:5], "2099-01-01", code=1).err


def test_many_runs_are_not_made_unasked(loaded: Path, run: Command) -> None:
    many = (*RANGE[:5], "2025-12-31")
    refused = run("backfill", "create", *many, code=1)
    assert "This makes 1,336 new runs" in refused.err and "--yes" in refused.err
    assert run("backfill", "create", *many, "--yes", "-o", "json").json[0]["progress"] == "0 of 1336"


def test_airflow_2_dags_backfill_is_mapped(loaded: Path, run: Command) -> None:
    made = run(
        "dags", "backfill", "my_first_dag", "-s", "2022-05-05", "-e", "2022-05-08", "-t", "^say", "-l",
        "--rerun-failed-tasks", "-o", "json",
    )  # fmt: skip
    (backfill,) = made.json
    assert (backfill["reprocess_behavior"], backfill["stop_after"]) == ("failed", "1")
    assert backfill["tasks"] == {"ids": [], "regex": "^say", "upstream": "True", "downstream": "False"}
    assert "-l: every task runs" in made.err and "does not wait" in made.err
    assert "Only the tasks print_hello, say." in made.err
    assert (
        "--mark-success is not supported"
        in run("dags", "backfill", "my_first_dag", "-s", "2022-05-05", "-m", code=1).err
    )
    assert "which dates?" in run("dags", "backfill", "my_first_dag", code=1).err
    one = run("dags", "backfill", "my_first", "--treat-dag-id-as-regex", "-s", "2023-01-01T02:00", "-n", "-o", "json")
    assert [row["logical_date"] for row in one.json] == ["2023-01-01T02:00:00+00:00"]


CATCHUP = """
from datetime import datetime

from tradewind import DAG, EmptyOperator

with DAG("minutely", start_date=datetime(2024, 1, 1), schedule="* * * * *", catchup=True):
    EmptyOperator(task_id="only")

with DAG("few", start_date=datetime(2024, 1, 1), end_date=datetime(2024, 1, 3), schedule="@daily", catchup=True):
    EmptyOperator(task_id="only")
"""


def test_unpausing_says_what_it_makes_and_asks_when_that_is_much(loaded: Path, run: Command) -> None:
    (loaded / "catchup.py").write_text(CATCHUP)
    run("dags", "reserialize")
    few = run("dags", "unpause", "few")
    assert "Unpausing few makes 3 runs at once from 2024-01-01T00:00:00+00:00 to 2024-01-03T00:00:00" in few.err
    refused = run("dags", "unpause", "minutely", code=1)
    assert "Unpausing minutely makes about 1," in refused.err and "fix: add --yes" in refused.err
    assert run("dags", "unpause", "minutely", "--yes", "-o", "json").json[0]["is_paused"] == "False"
    assert "makes" not in run("dags", "pause", "minutely").err


OWN = """
from datetime import datetime, timedelta
from airflow.timetables.base import DagRunInfo, Timetable
from tradewind import DAG, EmptyOperator

class Daily(Timetable):
    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        last = last_automated_data_interval
        start = restriction.earliest if last is None else last.end
        return DagRunInfo.interval(start, start + timedelta(days=1))

with DAG("own", start_date=datetime(2024, 1, 1), schedule=Daily(), catchup=True, is_paused_upon_creation=True):
    EmptyOperator(task_id="only")
"""


def test_unpausing_says_when_nobody_can_tell_what_it_makes(loaded: Path, run: Command) -> None:
    (loaded / "own.py").write_text(OWN)
    run("dags", "reserialize")
    done = run("dags", "unpause", "own", "-o", "json")
    assert "How many runs this makes is not known: only the code of the timetable of DAG 'own'" in done.err
    assert "no DAG processor runs.  The scheduler holds back what is too many." in done.err
    assert done.json[0]["is_paused"] == "False"


def test_deleting_says_what_goes(loaded: Path, run: Command) -> None:
    run("dags", "trigger", "second_dag")
    refused = run("dags", "delete", "second_dag", code=1)
    assert "Deleting second_dag deletes 1 run with 1 task instance, and 0 backfills." in refused.err


def test_partition_keys_from_options_and_a_file(loaded: Path, run: Command, tmp_path: Path) -> None:
    (loaded / "partitioned.py").write_text(
        "from tradewind import DAG\nfrom airflow.sdk import Asset, PartitionedAssetTimetable, task\n"
        "with DAG('by_country', schedule=PartitionedAssetTimetable(assets=Asset('orders'))):\n"
        "    @task\n    def use(): pass\n    use()\n"
    )
    run("dags", "reserialize")
    (tmp_path / "keys").write_text("us\n\neu\n")
    result = run(
        "backfill", "create", "--dag-id", "by_country", "--partition-key", "asia",
        "--partition-keys-file", str(tmp_path / "keys"), "--dry-run", "-o", "json",
    )  # fmt: skip
    assert [(row["partition_key"], row["action"]) for row in result.json] == [
        ("asia", "create"), ("us", "create"), ("eu", "create"),
    ]  # fmt: skip
    assert "This makes 3 new runs." in result.err
    made = run("backfill", "create", "--dag-id", "by_country", "--partition-key", "eu", "-o", "json")
    assert made.json[0]["partition_keys"] == ["eu"]
    assert (
        "cannot be read"
        in run("backfill", "create", "--dag-id", "by_country", "--partition-keys-file", "none", code=1).err
    )
    assert "has no partitions" in run("backfill", "create", *RANGE[:2], "--partition-key", "eu", code=1).err
