"""The DAG folder of an Airflow shop, as it is, on the running product.

Each file of `airflow_files/` says in `#:` lines (YAML) at its head what must become of its DAGs:

    tasks    final state of each task instance, all of them; `task[0]` is one of a mapped task
    state    of the run (success if not given)
    conf     given when the run is triggered; `refused` is what the API says when it must not be taken
    run      `scheduled` to look at the run that the schedule makes; `now` to trigger one of now; else one of
             2024-03-05 is triggered
    xcoms    task -> key -> value; null where none must be stored
    logs     task -> texts in the log of its last try; `first_logs`: of its first try; `hidden`: text that must not be
             in any log of the task
    tries    task -> number of its last try
    names    task -> its `rendered_map_index`
    edges    `a>b`: the dependencies, all of them
    answers  task -> what people answer when it asks them
    variables, mails, doc   what the run leaves behind

A file of `airflow_files/later/` uses what this version lacks: `import_error` is a text of its message and the line.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

import pytest
import yaml

from support.mail_server import MailServer
from support.product import Product

FOLDER = Path(__file__).parent / "airflow_files"
DAY = "2024-03-05T00:00:00Z"


def header(path: Path) -> dict[str, Any]:
    lines = [line[3:] for line in path.read_text().splitlines() if line.startswith("#: ")]
    assert lines, f"{path} does not say what is expected"
    return yaml.safe_load("\n".join(lines))


EXPECTED: dict[str, dict[str, Any]] = {}
for _path in sorted(FOLDER.glob("*.py")):
    for _dag_id, _wanted in header(_path).items():
        assert _dag_id not in EXPECTED
        EXPECTED[_dag_id] = {**_wanted, "file": _path.name}
LATER = sorted(FOLDER.glob("later/*.py"))


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, mail_server: MailServer) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("shop") / "airflow_files"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__", "ruff.toml"))
    with zipfile.ZipFile(folder / "shop.zip", "w") as archive:
        archive.write(folder / "from_archive.py", "from_archive.py")
        archive.writestr("shop_words.py", "def greeting():\n    return 'hello from the archive'\n")
        archive.writestr("shop_numbers.py", "SOLD = (1, 2, 3)\n")
    (folder / "from_archive.py").unlink()
    plugins = shutil.move(folder / "plugins", folder.parent)
    env = {
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
        "AIRFLOW__SMTP__SMTP_HOST": "127.0.0.1",
        "AIRFLOW__SMTP__SMTP_PORT": str(mail_server.server_address[1]),
        "AIRFLOW__SMTP__SMTP_STARTTLS": "False",
        "AIRFLOW__SMTP__SMTP_MAIL_FROM": "airflow@shop.example.com",
        "AIRFLOW_CONN_SHOP_API": "http://user:tok%2Fen@api.example.com",
        "AIRFLOW_CONN_SHOP_DEFAULT": '{"conn_type": "shop", "host": "shop.example.com", "port": 8443}',
        "AIRFLOW_VAR_LAKE_BUCKET": "s3://lake/raw",
        "AIRFLOW_VAR_LAKE_SETTINGS": '{"regions": ["eu", "us"]}',
        "AIRFLOW_VAR_FROM_ENVIRONMENT": "from env",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(plugins),
    }
    with Product(tmp_path_factory.mktemp("home"), folder, env=env) as product:
        extra = '{"sslmode": "require"}'
        login = {"host": "db.example.com", "port": 5433, "login": "reader", "password": "s3cret-pw", "schema": "shop"}
        connection = {"connection_id": "shop_db", "conn_type": "postgres", "extra": extra, **login}
        product.api("POST", "/api/v2/connections", connection)
        product.api("POST", "/api/v2/pools", {"name": "small_pool", "slots": 2})
        yield product


def trigger(product: Product, dag_id: str, body: dict[str, Any]) -> Any:
    try:
        return product.api("POST", f"/api/v2/dags/{dag_id}/dagRuns", body)
    except HTTPError as error:
        raise AssertionError(f"{dag_id}: {error.read().decode()}") from error


@pytest.fixture(scope="module")
def runs(product: Product) -> dict[str, str]:
    """Every DAG is triggered before any is looked at: they run side by side."""
    paths: dict[str, str] = {}
    known: set[str] = set()

    def all_known() -> bool:
        offset, total = 0, 1
        while offset < total:  # a page has a hundred at most
            page = product.api("GET", f"/api/v2/dags?limit=100&offset={offset}")
            known.update(dag["dag_id"] for dag in page["dags"])
            offset, total = offset + 100, page["total_entries"]
        return known >= set(EXPECTED)

    with contextlib.suppress(AssertionError):  # the tests of the missing ones say what is wrong
        product.wait(all_known, "all DAGs known")
    for dag_id, wanted in EXPECTED.items():
        if "refused" in wanted or dag_id not in known:
            continue
        if wanted.get("run") != "scheduled":
            now = datetime.now(UTC).isoformat()
            body = {"logical_date": now if wanted.get("run") == "now" else DAY, "conf": wanted.get("conf", {})}
            run = trigger(product, dag_id, body)
            paths[dag_id] = f"/api/v2/dags/{dag_id}/dagRuns/{quote(run['dag_run_id'], safe='')}"
        product.api("PATCH", f"/api/v2/dags/{dag_id}", {"is_paused": False})
    return paths


def scheduled_run(product: Product, dag_id: str) -> str:
    def find() -> Any:
        found = product.api("GET", f"/api/v2/dags/{dag_id}/dagRuns")["dag_runs"]
        return [run["dag_run_id"] for run in found if run["run_type"] == "scheduled"]

    return f"/api/v2/dags/{dag_id}/dagRuns/{quote(product.wait(find, f'a scheduled run of {dag_id}')[0], safe='')}"


def import_errors(product: Product) -> dict[str, str]:
    found = product.api("GET", "/api/v2/importErrors?limit=100")["import_errors"]
    return {Path(error["filename"]).name: error["stack_trace"] for error in found}


def name_of(task: dict[str, Any]) -> str:
    return task["task_id"] if task["map_index"] < 0 else f"{task['task_id']}[{task['map_index']}]"


def log_of(product: Product, path: str, task: dict[str, Any], try_number: int | None = None) -> str:
    """The log with its tracebacks; empty for a task that never started."""
    if not task["start_date"]:
        return ""
    task_id, number = quote(task["task_id"], safe=""), try_number or task["try_number"]
    lines = product.api(
        "GET", f"{path}/taskInstances/{task_id}/logs/{number}?full_content=true&map_index={task['map_index']}"
    )["content"]
    return "\n".join(
        "\n".join([str(line["event"]), *(detail["traceback"] for detail in line.get("error_detail") or ())])
        for line in lines
    )


@pytest.mark.parametrize("dag_id", [dag_id for dag_id, wanted in EXPECTED.items() if "refused" not in wanted])
def test_dag(product: Product, runs: dict[str, str], mail_server: MailServer, dag_id: str) -> None:
    wanted = EXPECTED[dag_id]
    if dag_id not in runs and wanted.get("run") != "scheduled":
        pytest.fail("\n".join(text for name, text in import_errors(product).items() if name == wanted["file"]))
    path = scheduled_run(product, dag_id) if wanted.get("run") == "scheduled" else runs[dag_id]
    for task_id, answer in wanted.get("answers", {}).items():
        asked = f"{path}/taskInstances/{task_id}/-1/hitlDetails"
        product.wait(lambda asked=asked: product.api("GET", asked), f"question of {dag_id}.{task_id}")
        product.api("PATCH", asked, answer)
    try:
        run = product.finished(path)
    except AssertionError:
        pytest.fail(f"{dag_id} does not end: {[(task['task_id'], task['state']) for task in product.tasks(path)]}")
    tasks = {name_of(task): task for task in product.tasks(path)}
    states = {task_id: task["state"] for task_id, task in tasks.items()}
    if states != wanted["tasks"] or run["state"] != wanted.get("state", "success"):
        wrong = [task for task_id, task in tasks.items() if task["state"] != wanted["tasks"].get(task_id)]
        logs = "\n".join(f"--- {name_of(task)}\n{log_of(product, path, task)}" for task in wrong)
        assert (run["state"], states) == (wanted.get("state", "success"), wanted["tasks"]), logs
    check_values(product, path, wanted, tasks)
    check_texts(product, path, wanted, tasks)
    check_surroundings(product, dag_id, wanted, mail_server)


def check_values(product: Product, path: str, wanted: dict[str, Any], tasks: dict[str, Any]) -> None:
    found: dict[str, Any] = {}
    for task_id, values in wanted.get("xcoms", {}).items():
        found[task_id] = {}
        for key in values:
            value = None
            with contextlib.suppress(HTTPError):  # 404: there is none
                task = tasks[task_id]
                entry = f"{path}/taskInstances/{quote(task['task_id'], safe='')}/xcomEntries/{quote(key, safe='')}"
                value = product.api("GET", f"{entry}?stringify=false&map_index={task['map_index']}")["value"]
            found[task_id][key] = value
    logs = {task_id: log_of(product, path, tasks[task_id]) for task_id in found}
    assert json.loads(json.dumps(found)) == wanted.get("xcoms", {}), logs
    names = {task_id: tasks[task_id]["rendered_map_index"] for task_id in wanted.get("names", {})}
    assert names == wanted.get("names", {})
    tries = {task_id: tasks[task_id]["try_number"] for task_id in wanted.get("tries", {})}
    assert tries == wanted.get("tries", {})


def check_texts(product: Product, path: str, wanted: dict[str, Any], tasks: dict[str, Any]) -> None:
    for kind, number in (("logs", None), ("first_logs", 1)):
        for task_id, texts in wanted.get(kind, {}).items():
            log = log_of(product, path, tasks[task_id], number)
            assert [text for text in texts if text not in log] == [], log
    for task_id, text in wanted.get("hidden", {}).items():
        log = log_of(product, path, tasks[task_id])
        assert log and text not in log


def check_surroundings(product: Product, dag_id: str, wanted: dict[str, Any], mail_server: MailServer) -> None:
    for key, value in wanted.get("variables", {}).items():
        found = product.wait(lambda key=key: product.api("GET", f"/api/v2/variables/{key}"), f"variable {key}")
        assert found["value"] == value
    if "edges" in wanted:
        tasks = product.api("GET", f"/api/v2/dags/{dag_id}/tasks")["tasks"]
        edges = {f"{task['task_id']}>{down}" for task in tasks for down in task["downstream_task_ids"]}
        assert edges == set(wanted["edges"])
    if "doc" in wanted:
        assert wanted["doc"] in product.api("GET", f"/api/v2/dags/{dag_id}/details")["doc_md"]
    for mail in wanted.get("mails", ()):
        (found,) = product.wait(lambda mail=mail: mails_about(mail_server, mail["subject"]), f"mail {mail['subject']}")
        recipients, message = found
        assert recipients == mail["to"]
        parts = [part for part in message.walk() if not part.is_multipart()]
        texts = [part.get_content() for part in parts] + [part.get_filename() or "" for part in parts]
        assert any(mail["text"] in str(text) for text in texts)
        assert "hidden@" not in str(message)


def mails_about(mail_server: MailServer, subject: str | list[str]) -> list[Any]:
    """Mails with this subject, or with all of these texts in it."""
    if isinstance(subject, str):
        return [entry for entry in mail_server.mails if entry[1]["Subject"] == subject]
    return [entry for entry in mail_server.mails if all(text in entry[1]["Subject"] for text in subject)]


@pytest.mark.parametrize("dag_id", [dag_id for dag_id, wanted in EXPECTED.items() if "refused" in wanted])
def test_refused_conf(product: Product, runs: dict[str, str], dag_id: str) -> None:
    wanted = EXPECTED[dag_id]
    with pytest.raises(HTTPError) as caught:
        product.api("POST", f"/api/v2/dags/{dag_id}/dagRuns", {"logical_date": DAY, "conf": wanted["conf"]})
    assert caught.value.code == 400
    assert wanted["refused"] in caught.value.read().decode()


def test_what_this_version_lacks_is_told_with_its_line(product: Product, runs: dict[str, str]) -> None:
    """Files that this version cannot run say so in one sentence; every other file of the folder loads."""

    errors = import_errors(product)
    assert sorted(errors) == [path.name for path in LATER]
    for path in LATER:
        text, line = header(path)["import_error"]
        assert text in errors[path.name], errors[path.name]
        assert f"line {line}" in errors[path.name] or f":{line}:" in errors[path.name], errors[path.name]


def test_links_over_the_api(product: Product, runs: dict[str, str]) -> None:
    for dag_id, task_id, wanted in (
        ("links_and_skips", "linked", {"Console": "https://console.example.com/linked"}),
        ("plugin_folder", "greet", {"Runbook": "https://runbooks.example.com/plugin_folder/greet"}),
    ):
        product.finished(runs[dag_id])
        found = product.api("GET", f"{runs[dag_id]}/taskInstances/{task_id}/links")
        assert found["extra_links"].items() >= wanted.items()
        names = product.api("GET", f"/api/v2/dags/{dag_id}/tasks/{task_id}")["extra_links"]
        assert set(names) == set(found["extra_links"])
