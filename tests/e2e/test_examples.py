"""Every example runs, on the running product, against a real web server, DuckDB, PostgreSQL and S3."""

from __future__ import annotations

import functools
import importlib
import json
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import duckdb
import psycopg
import pytest

from support.product import Product

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def data_url():
    """The examples' data over HTTP."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(EXAMPLES / "data")))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/name_gender.csv"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def product(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    with Product(home, EXAMPLES, env={"AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True"}) as product:
        for dag_id in ("my_first_dag", "name_gender", "name_gender_v2", "page_views", "page_view_totals"):
            product.dag(dag_id)
        yield product


def set_up(product, url, connection):
    for collection, key, body in (
        ("variables", "name_gender_url", {"key": "name_gender_url", "value": url}),
        ("connections", "warehouse", {"connection_id": "warehouse", **connection}),
    ):
        if any(key in entry.values() for entry in product.api("GET", f"/api/v2/{collection}")[collection]):
            product.api("DELETE", f"/api/v2/{collection}/{key}")
        product.api("POST", f"/api/v2/{collection}", body)


def run(product, dag_id):
    """One successful run: the first time the one that the schedule makes on unpausing, later a manual one."""
    if product.dag(dag_id)["is_paused"]:
        product.api("PATCH", f"/api/v2/dags/{dag_id}", {"is_paused": False})
        runs = product.wait(lambda: product.api("GET", f"/api/v2/dags/{dag_id}/dagRuns")["dag_runs"], "a scheduled run")
        assert [run["run_type"] for run in runs] == ["scheduled"]
        path = f"/api/v2/dags/{dag_id}/dagRuns/{quote(runs[0]['dag_run_id'], safe='')}"
    else:
        path = product.trigger(dag_id)
    result = product.finished(path)
    failed = [task for task in product.tasks(path) if task["state"] == "failed"]
    logs = [product.log(path, task["task_id"], task["try_number"]) for task in failed]
    assert result["state"] == "success", logs
    return path


def xcom(product, path, task_id):
    entry = product.api("GET", f"{path}/taskInstances/{task_id}/xcomEntries/return_value?stringify=false")
    return entry["value"]


def test_no_example_has_an_import_error(product):
    assert product.api("GET", "/api/v2/importErrors")["import_errors"] == []
    known = {dag["dag_id"] for dag in product.api("GET", "/api/v2/dags")["dags"]}
    assert known == {"my_first_dag", "name_gender", "name_gender_v2", "page_views", "page_view_totals"}


def test_my_first_dag(product):
    path = run(product, "my_first_dag")
    hello, goodbye = (product.api("GET", f"{path}/taskInstances/{task}") for task in ("print_hello", "print_goodbye"))
    assert hello["end_date"] <= goodbye["start_date"]
    assert "hello!" in product.log(path, "print_hello")
    assert xcom(product, path, "print_goodbye") == "goodbye!"


def check_table(rows):
    """What the made-up file must give, whatever the warehouse."""
    names = [name for name, _ in rows]
    assert len(names) == len(set(names)) > 2500
    assert {gender for _, gender in rows} == {"M", "F", "Unisex"}
    assert {"Renée", "O'Neil", "지우", "Robert'); DROP TABLE name_gender;--"} <= set(names)
    assert not {"name", ""} & set(names)


def load_twice(product, dag_id, read):
    first_run = run(product, dag_id)
    first = read()
    second_run = run(product, dag_id)
    assert read() == first
    return first, first_run, second_run


def test_name_gender_into_duckdb_twice(product, data_url):
    warehouse = product.home / "warehouse.duckdb"
    set_up(product, data_url, {"conn_type": "duckdb", "schema": str(warehouse)})

    def read():
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return connection.execute("SELECT name, gender FROM name_gender ORDER BY name").fetchall()

    rows, first_run, second_run = load_twice(product, "name_gender", read)
    check_table(rows)
    counts = {"written": len(rows), "after": len(rows)}
    assert xcom(product, first_run, "load") == {"before": 0, **counts}
    assert xcom(product, second_run, "load") == {"before": len(rows), **counts}
    assert set(xcom(product, second_run, "verify").values()) == {1}
    log = product.log(second_run, "transform")
    assert f"{len(rows)} out" in log and "rejected" in log and "blank lines" in log


@pytest.mark.postgres
@pytest.mark.parametrize("conn_type", ["postgres", "redshift"])
def test_name_gender_into_postgresql_twice(product, data_url, postgres_url, conn_type):
    """Only the connection differs; the Redshift dialect is exercised on PostgreSQL, whose protocol it speaks."""
    info = psycopg.conninfo.conninfo_to_dict(postgres_url.replace("postgresql+psycopg", "postgresql"))
    connection = {
        "conn_type": conn_type,
        "host": info["host"],
        "port": int(info.get("port", 5432)),
        "schema": info["dbname"],
        "login": info["user"],
        "password": info.get("password", ""),
    }
    set_up(product, data_url, connection)

    def read():
        with psycopg.connect(**info) as connected:
            return connected.execute('SELECT name, gender FROM name_gender ORDER BY name COLLATE "C"').fetchall()

    rows, _, _ = load_twice(product, "name_gender", read)
    check_table(rows)


def test_name_gender_from_s3(product):
    moto = importlib.import_module("moto.server")
    boto3 = importlib.import_module("boto3")
    server = moto.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        endpoint = f"http://{host}:{port}"
        keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
        client = boto3.client("s3", endpoint_url=endpoint, **keys)
        client.create_bucket(Bucket="course")
        client.put_object(
            Bucket="course", Key="in/name_gender.csv", Body=(EXAMPLES / "data/name_gender.csv").read_bytes()
        )
        client.close()
        warehouse = product.home / "from_s3.duckdb"
        set_up(product, "s3://course/in/name_gender.csv", {"conn_type": "duckdb", "schema": str(warehouse)})
        extra = json.dumps({"endpoint_url": endpoint, "region_name": "us-east-1"})
        product.api(
            "POST",
            "/api/v2/connections",
            {
                "connection_id": "name_gender_s3",
                "conn_type": "aws",
                "login": "key",
                "password": "secret",
                "extra": extra,
            },
        )
        run(product, "name_gender")
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            check_table(connection.execute("SELECT name, gender FROM name_gender").fetchall())
    finally:
        server.stop()


def test_full_refresh_version_twice(product, data_url):
    warehouse = product.home / "v2.duckdb"
    set_up(product, data_url, {"conn_type": "duckdb", "schema": str(warehouse)})

    def read():
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return connection.execute("SELECT name, gender FROM name_gender_v2 ORDER BY name").fetchall()

    rows, _, _ = load_twice(product, "name_gender_v2", read)
    assert len(rows) > 2500 and ("name", "gender") not in rows


def test_a_failed_check_keeps_yesterdays_table(product, data_url, tmp_path):
    """The rest of the story: a broken file turns the task red and leaves the table as it was."""
    warehouse = product.home / "kept.duckdb"
    set_up(product, data_url, {"conn_type": "duckdb", "schema": str(warehouse)})
    run(product, "name_gender")
    product.api("DELETE", "/api/v2/variables/name_gender_url")
    bad = data_url.replace("name_gender.csv", "")  # the folder's listing: no CSV at all
    product.api("POST", "/api/v2/variables", {"key": "name_gender_url", "value": bad})
    path = product.trigger("name_gender")
    product.wait(
        lambda: product.api("GET", f"{path}/taskInstances/transform")["state"] == "up_for_retry", "transform failed"
    )
    assert "header name,gender" in product.log(path, "transform")
    assert product.api("GET", f"{path}/taskInstances/load")["state"] is None
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        check_table(connection.execute("SELECT name, gender FROM name_gender").fetchall())
    product.api(
        "PATCH", f"/api/v2/dags/name_gender/dagRuns/{quote(path.rsplit('/', 1)[1], safe='%')}", {"state": "failed"}
    )


def test_page_views_day_by_day_and_a_report_that_follows(product):
    warehouse = product.home / "views.duckdb"
    set_up(product, "http://unused", {"conn_type": "duckdb", "schema": str(warehouse)})
    for dag_id in ("page_view_totals", "page_views"):
        product.api("PATCH", f"/api/v2/dags/{dag_id}", {"is_paused": False})
    body = {"dag_id": "page_views", "from_date": "2026-03-01T00:00:00Z", "to_date": "2026-03-03T00:00:00Z"}

    def load_again():
        product.api("POST", "/api/v2/backfills", {**body, "reprocess_behavior": "completed", "max_active_runs": 1})
        runs = "/api/v2/dags/page_views/dagRuns?run_type=backfill"

        def done():
            found = product.api("GET", runs)["dag_runs"]
            return len(found) == 3 and all(run["state"] == "success" for run in found) and found

        return product.wait(done, "three runs of the backfill")

    def read(query):
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def at_rest():
        """The events of all loads, when every run of both DAGs has ended and every event was followed."""
        runs = product.api("GET", "/api/v2/dags/~/dagRuns?dag_id_pattern=page_view")["dag_runs"]
        events = product.api("GET", "/api/v2/assets/events")["asset_events"]
        followed = {run["run_id"] for event in events for run in event["created_dagruns"]}
        reports = {run["dag_run_id"] for run in runs if run["dag_id"] == "page_view_totals"}
        ended = all(run["state"] == "success" for run in runs)
        return ended and followed == reports and all(event["created_dagruns"] for event in events) and len(events)

    runs = load_again()
    # the newest day is loaded too: unpausing did that
    assert product.wait(lambda: at_rest() == 4, "a report after each load")
    rows = "SELECT CAST(day AS VARCHAR), site, views, visitors FROM page_views ORDER BY 1, 2"
    first = read(rows)
    assert [(day, site) for day, site, _, _ in first][:9] == [
        (f"2026-03-0{day}", site) for day in (1, 2, 3) for site in ("blog", "docs", "shop")
    ]
    totals = "SELECT site, sum(views) FROM page_views GROUP BY site ORDER BY site"
    assert read("SELECT site, views FROM page_view_totals ORDER BY site") == read(totals)
    path = f"/api/v2/dags/page_views/dagRuns/{quote(runs[0]['dag_run_id'], safe='')}"
    mapped = product.api("GET", f"{path}/taskInstances/count_views/listMapped")["task_instances"]
    assert [task["rendered_map_index"] for task in mapped] == ["blog", "docs", "shop"]

    load_again()
    assert product.wait(lambda: at_rest() == 7, "a report after each load")
    assert read(rows) == first
