"""A working day with secrets of every kind: afterwards none of them is in the database or in a file.

What tasks of users returned is there as they returned it, in the values of XComs; what somebody gave a run is in the
conf of that run.  Neither is shown.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import httpx
import pytest
from sqlalchemy import inspect, text

from support.oidc_provider import CLIENT, SECRET, Provider, serving_provider
from support.product import Product
from tradewind.store import Store
from tradewind.store.engine import read
from tradewind.store.vault import new_key

FILES = Path(__file__).with_name("secrets_day")
ADMIN, CONF, DRAFT = "admin-pass-9c1f", "conf-pass-77e2", "draft-pass-51aa"
STORED = {"password": "lake-pass-1b7d", "extra": "lake-token-88ce", "variable": "key-of-api-402b"}
CHANGED = {"password": "lake-pass-2-e90c", "variable": "key-of-api-2-53f6"}
LEARNED = {
    "vault": "vault-pass-6e0a",
    "vault_token": "vault-token-19bd",
    "environment": "env-pass-c3d1",
    "made": "made-8842",
}
OURS = {"key": new_key(), "old key": new_key(), "signing": "signing-secret-" + "f3" * 32}
USERS_OWN = {("xcom", "value"), ("dag_run", "conf")}
"""Columns that hold what tasks and people gave, as they gave it."""
BROWSER = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with serving_provider(lambda: datetime.now(UTC)) as made:
        made.claims["groups"] = ["staff"]
        yield made


def settings(url: str, provider: Provider, port: int) -> dict[str, str]:
    lake = json.dumps({"conn_type": "http", "host": "h", "password": LEARNED["environment"]})
    return {
        "TRADEWIND_DATABASE_URL": url,
        "TRADEWIND_TEST_CONNECTION": "enabled",
        "TRADEWIND_BASE_URL": f"http://127.0.0.1:{port}",
        "TRADEWIND_OIDC_ISSUER": provider.url,
        "TRADEWIND_OIDC_CLIENT_ID": CLIENT,
        "TRADEWIND_OIDC_CLIENT_SECRET": SECRET,
        "TRADEWIND_OIDC_ROLES": "staff=admin",
        "TRADEWIND_SECRET_KEY": ",".join(OURS[name] for name in ("key", "old key")),
        "TRADEWIND_JWT_SECRET": OURS["signing"],
        "TRADEWIND_PROCESS_PER_TASK": "true",  # none learns from the task before it
        "AIRFLOW__SECRETS__BACKEND": "vault_of_tests.Vault",
        "AIRFLOW_CONN_IN_ENV": lake,
        "DAY_VAULT_PASSWORD": LEARNED["vault"],
        "DAY_VAULT_TOKEN": LEARNED["vault_token"],
        "DAY_MADE_TOKEN": LEARNED["made"],
    }


class Day:
    """Who works, and the secrets that the day made."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.url = f"http://127.0.0.1:{product.port}"
        self.secrets = {**STORED, **LEARNED, **OURS, "admin": ADMIN, "draft": DRAFT, "oidc": SECRET}
        self.client = httpx.Client(base_url=self.url, timeout=60)

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = self.client.request(method, path, json=body, **more)
        assert answer.status_code < 300, (method, path, answer.text)
        return answer.json() if answer.content else None

    def log_in(self, provider: Provider) -> None:
        """By password for a token, by password in a browser, and through the provider; and a token for a machine."""
        token = self.ask("POST", "/auth/token", {"username": "boss", "password": ADMIN})["access_token"]
        with httpx.Client(base_url=self.url, headers=BROWSER, timeout=60) as browser:
            body = {"username": "boss", "password": ADMIN}
            assert browser.post("/api/tradewind/login", json=body).status_code == 204
            begun = browser.get("/api/tradewind/oidc/login", params={"next": "/"})
            back = httpx.get(begun.headers["location"]).headers["location"]
            cookies = [cookie.value or "" for cookie in browser.cookies.jar]
            assert browser.get(back).status_code == 200
            assert browser.get("/api/tradewind/me").json()["username"] == "ann"
            cookies += [cookie.value or "" for cookie in browser.cookies.jar]
        self.secrets |= {f"cookie {number}": value for number, value in enumerate(cookies) if len(value) > 8}
        self.client.headers["authorization"] = f"Bearer {token}"
        made = self.ask("POST", "/api/tradewind/tokens", {"name": "ci", "username": "boss", "scope": "run"})["token"]
        self.secrets |= {"jwt": token, "machine": made}
        assert len(self.secrets) >= 14

    def work(self) -> str:
        """Store secrets, run the DAG, change them, test a connection; the path of the run."""
        lake = {"connection_id": "lake", "conn_type": "http", "host": "h", "password": STORED["password"]}
        self.ask("POST", "/api/v2/connections", {**lake, "extra": json.dumps({"api_token": STORED["extra"]})})
        self.ask("POST", "/api/v2/variables", {"key": "api_key", "value": STORED["variable"]})
        self.product.wait(lambda: self.client.get("/api/v2/dags/day").status_code == 200, "DAG day known")
        body = {"logical_date": None, "dag_run_id": "r", "conf": {"password": CONF}}
        self.ask("POST", "/api/v2/dags/day/dagRuns", body)
        run = "/api/v2/dags/day/dagRuns/r"
        self.product.wait(lambda: self.ask("GET", run)["state"] in ("success", "failed"), "end of the run")
        tested = {**lake, "connection_id": "draft", "password": DRAFT}
        self.client.post("/api/v2/connections/test", json=tested)
        body = {"connection_id": "lake", "conn_type": "http", "password": CHANGED["password"]}
        self.ask("PATCH", "/api/v2/connections/lake?update_mask=password", body)
        self.ask("PATCH", "/api/v2/variables/api_key", {"key": "api_key", "value": CHANGED["variable"]})
        self.secrets |= {f"changed {name}": value for name, value in CHANGED.items()}
        return run


def spellings(secret: str) -> set[str]:
    return {secret, quote(secret, safe=""), quote_plus(secret), json.dumps(secret)[1:-1]}


def found_in_tables(url: str, secrets: dict[str, str]) -> set[tuple[str, str, str]]:
    """(table, column, secret) of each secret that is somewhere."""
    found: set[tuple[str, str, str]] = set()
    with Store(url) as store, read(store.engine) as connection:
        names = inspect(connection).get_table_names()
        assert len(names) > 40
        for table in names:
            quoted = store.engine.dialect.identifier_preparer.quote(table)
            for row in connection.execute(text(f"SELECT * FROM {quoted}")).mappings():
                for column, value in row.items():
                    shown = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                    found |= {(table, column, name) for name, one in secrets.items() if any_in(one, shown)}
    return found


def found_in_files(folder: Path, secrets: dict[str, str], but: set[str]) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    looked = 0
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in but:
            looked += 1
            content = path.read_bytes().decode("latin-1")
            found |= {(str(path.relative_to(folder)), name) for name, one in secrets.items() if any_in(one, content)}
    assert looked >= 5
    return found


def any_in(secret: str, content: str) -> bool:
    return any(spelling in content for spelling in spellings(secret))


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_day_leaves_no_secret_behind(
    kind: str, request: pytest.FixtureRequest, provider: Provider, tmp_path: Path
) -> None:
    home, dags, code = tmp_path / "home", tmp_path / "home" / "dags", tmp_path / "code"
    dags.mkdir(parents=True)
    code.mkdir()
    for name in ("dags.py", "careless.py"):
        shutil.copy(FILES / name, dags)
    shutil.copy(FILES / "vault_of_tests.py", code)
    url = f"sqlite:///{home}/tradewind.db" if kind == "sqlite" else str(request.getfixturevalue("postgres_url"))
    with Store(url) as store:
        store.migrate()
        store.users.create("boss", ADMIN, "admin", now=datetime.now(UTC))
    product = Product(home, dags, no_auth=False)
    product.env |= {**settings(url, provider, product.port), "PYTHONPATH": str(code)}
    with product:
        day = Day(product)
        day.log_in(provider)
        run = day.work()
        shown = look_around(day, run)
        assert product.stop() == 0
    day.client.close()
    secrets = day.secrets
    assert not [name for name, one in {**secrets, "conf": CONF}.items() if any_in(one, shown)]
    output = "".join(product.output)
    assert not [name for name, one in {**secrets, "conf": CONF}.items() if any_in(one, output)]

    tables = found_in_tables(url, {**secrets, "conf": CONF})
    assert {place for place in tables if place[:2] not in USERS_OWN} == set()
    assert {name for table, _, name in tables if table == "dag_run"} == {"conf"}
    # the search can fail: what the task returned is there
    assert {name for table, _, name in tables if table == "xcom"} == {*STORED, *LEARNED, "oidc"}, (
        "the last lines of what a task printed"
    )
    # SQLite's own file has the tables above; no log, no configuration, no value beside the database has one
    database = {path.name for path in home.glob("tradewind.db*")}
    assert found_in_files(home, {**secrets, "conf": CONF}, database) == set()
    logs = [path for path in (home / "logs").rglob("*") if path.is_file()]
    assert any("***" in path.read_text(encoding="utf-8") for path in logs)


def look_around(day: Day, run: str) -> str:
    """What people are shown of the run, as one text."""
    tasks = day.ask("GET", f"{run}/taskInstances")["task_instances"]
    states = {task["task_id"]: task["state"] for task in tasks}
    assert states.pop("fails") == "failed"
    assert states == dict.fromkeys(("environment", "leaks", "prints", "renders", "waits"), "success")
    parts = [json.dumps(tasks), json.dumps(day.ask("GET", run))]
    for task in tasks:
        root = f"{run}/taskInstances/{task['task_id']}"
        for path in (
            f"{root}/logs/{task['try_number']}?full_content=true",
            f"{root}/xcomEntries/return_value",
            f"{root}/xcomEntries/early",
            f"{root}/tries",
        ):
            answer = day.client.get(path)
            assert answer.status_code in (200, 404), answer.text
            parts.append(answer.text)
    for path in ("/api/v2/connections", "/api/v2/variables", "/api/v2/eventLogs?limit=1000", "/api/tradewind/audit"):
        parts.append(json.dumps(day.ask("GET", path)))
    broken = day.product.wait(lambda: day.ask("GET", "/api/v2/importErrors")["import_errors"], "an import error")
    parts.append(json.dumps(broken))
    assert "no way in with ['***', '***']" in parts[-1]
    assert "***" in parts[0] and "***" in parts[1]
    return "\n".join(parts)
