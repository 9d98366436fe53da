"""Mapped tasks on the running product, whose scheduler is killed between the expansion and the end."""

from __future__ import annotations

import subprocess
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote

import pytest

from support.product import TRADEWIND, Product

DAG = textwrap.dedent('''
    """Each instance notes that it ran; the first ones wait until the test lets them go."""
    import os, time
    from datetime import datetime
    from tradewind import DAG, task, task_group

    NOTES = os.environ["NOTES"]

    def note(what):
        with open(f"{NOTES}/notes", "a") as file:
            file.write(what + "\\n")

    with DAG("mapped", start_date=datetime(2024, 1, 1), schedule=None, max_active_tasks=4, default_args={"retries": 0}):

        @task
        def values():
            return list(range(8))

        @task(map_index_template="number {{ task.op_kwargs['value'] }}")
        def one(value):
            note(f"one {value}")
            while not os.path.exists(f"{NOTES}/go"):
                time.sleep(0.02)
            return value * 10

        @task_group
        def group(value):
            @task
            def two(value):
                note(f"two {value}")
                return value + 1

            two(value)

        @task
        def total(found):
            return [len(found), sum(found), found[3]]

        first = one.expand(value=values())
        total(first)
        group.expand(value=first)
''')


@pytest.fixture(params=[pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgres)])
def product(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Product]:
    (tmp_path / "dags").mkdir()
    (tmp_path / "dags" / "mapped.py").write_text(DAG)
    (tmp_path / "notes").mkdir()
    env = {"NOTES": str(tmp_path / "notes")}
    if request.param == "postgresql":
        env["TRADEWIND_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    with Product(tmp_path / "home", tmp_path / "dags", env=env) as product:
        yield product


def notes(product: Product) -> Counter[str]:
    path = Path(product.env["NOTES"]) / "notes"
    return Counter(path.read_text().splitlines()) if path.exists() else Counter()


def value_of(product: Product, run: str, task_id: str, map_index: int = -1) -> Any:
    entry = f"{run}/taskInstances/{task_id}/xcomEntries/return_value?stringify=false&map_index={map_index}"
    return product.api("GET", entry)["value"]


def instances(product: Product, run: str, task_id: str, query: str = "") -> list[dict[str, Any]]:
    listed = product.api("GET", f"{run}/taskInstances/{task_id}/listMapped?order_by=map_index{query}")
    found: list[dict[str, Any]] = listed["task_instances"]
    return found


def test_everything_is_killed_between_the_expansion_and_the_end(product: Product) -> None:
    run = product.trigger("mapped")
    product.wait(lambda: len(notes(product)) == 4, "four instances at work")
    assert [task["map_index"] for task in instances(product, run, "one")] == list(range(8))
    product.kill()
    (Path(product.env["NOTES"]) / "go").touch()
    product.start()
    assert product.finished(run)["state"] == "success"
    assert {task["state"] for task in product.tasks(run)} == {"success"}
    assert value_of(product, run, "total") == [8, 280, 30]
    assert [value_of(product, run, "group.two", index) for index in range(8)] == list(range(1, 80, 10))
    seen = notes(product)
    assert {seen[f"one {number}"] for number in range(4)} == {2}, "those at work when all died ran again"
    assert {seen[f"one {number}"] for number in range(4, 8)} | {seen[f"two {10 * n}"] for n in range(8)} == {1}

    found = instances(product, run, "one", "&rendered_map_index_pattern=number%203")
    assert [(task["map_index"], task["rendered_map_index"]) for task in found] == [(3, "number 3")]
    assert product.api("GET", f"{run}/taskInstances/one/3")["rendered_map_index"] == "number 3"
    with pytest.raises(HTTPError) as caught:
        product.api("GET", f"{run}/taskInstances/one")
    assert caught.value.code == 404 and "map index" in caught.value.read().decode()
    tasks = {task["task_id"]: task for task in product.api("GET", "/api/v2/dags/mapped/tasks")["tasks"]}
    assert (tasks["one"]["is_mapped"], tasks["total"]["is_mapped"]) == (True, False)

    drawn = f"/api/tradewind/dags/mapped/runs/{run.rsplit('/', 1)[1]}/tasks/one"
    assert product.api("GET", f"{drawn}/counts")["counts"] == {"success": 8}
    listed = product.api("GET", f"{drawn}/instances")
    assert dict(zip(listed["map_index"], listed["name"], strict=True))[3] == "number 3"

    log = product.api("GET", f"{run}/taskInstances/one/logs/1?full_content=true&map_index=5")["content"]
    assert any("Returned value was: 50" in str(line["event"]) for line in log)
    cleared = {"dry_run": False, "dag_run_id": None, "task_ids": [["one", 5]], "only_failed": False}
    cleared["dag_run_id"] = unquote(run.rsplit("/", 1)[1])
    answer = product.api("POST", "/api/v2/dags/mapped/clearTaskInstances", cleared)
    assert [(task["task_id"], task["map_index"]) for task in answer["task_instances"]] == [("one", 5)]
    assert product.finished(run)["state"] == "success"
    product.wait(lambda: notes(product)["one 5"] == 2, "the cleared instance ran again")


def test_what_one_instance_would_see(product: Product) -> None:
    (Path(product.env["NOTES"]) / "go").touch()
    done = subprocess.run(
        [*(TRADEWIND, "tasks", "render", "mapped", "one", "2024-01-01"), *where(product), "--map-index", "-1"],
        env=product.env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0 and "--map-index" in done.stderr
    done = subprocess.run(
        [TRADEWIND, "dags", "test", "mapped", *where(product)],
        env=product.env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def where(product: Product) -> list[str]:
    return ["--home", str(product.home)]
