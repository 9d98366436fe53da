"""The pages for a browser: what they show, how one logs in, that nothing in them is taken for HTML."""

from __future__ import annotations

import re
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import quote

import httpx
import pytest
from api_lab import PASSWORD, Api

from support.actions_lab import NOW, S, dag
from tradewind.ports.store import AttemptChange, NewAttempt, RunRecord, Step
from tradewind.runtime.logs import AttemptLog, Log
from tradewind.server.pages.views import span
from tradewind.spec.dag import DagWarning, ImportErrorSpec, ParsedFile
from tradewind.spec.states import AttemptState, DagRunState
from tradewind.store.uuid7 import uuid7

EVIL = "<script>alert(1)</script>\"'&"


class Page(HTMLParser):
    """What a browser sees of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def links(self) -> list[str]:
        return [attrs["href"] or "" for tag, attrs in self.tags if tag == "a" and "href" in attrs]

    def forms(self) -> list[str]:
        return [attrs["action"] or "" for tag, attrs in self.tags if tag == "form" and attrs.get("method") == "post"]


def page(client: httpx.Client, path: str) -> Page:
    """A page that must be there, and safe: no inline script or style."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    seen = Page(answer.text)
    for tag, attrs in seen.tags:
        assert tag != "style"
        assert not [name for name in attrs if name.startswith("on") or name == "style"]
        if tag == "script":
            assert attrs["src"] == "/static/live.js"
    assert seen.tags[0][0] == "html"
    return seen


def browser(api: Api) -> httpx.Client:
    """A client that keeps cookies and does not follow redirects by itself."""
    return httpx.Client(base_url=api.url, headers={"accept": "text/html"}, verify=False)


def with_log(api: Api, run: RunRecord, task_id: str, text: str) -> None:
    """Let a task have run once, with a log."""
    attempt = uuid7()
    step = Step(fence="leader", revisions={run.id: api.lab.snapshot(run).run.revision})
    step.new_attempts.append(NewAttempt(attempt, api.lab.task(run, task_id).id, run.id, 1, "w", NOW, f"{attempt}.log"))
    step.attempts.append(AttemptChange(run.id, attempt, AttemptState.FAILED, end_date=NOW, error=text))
    assert api.lab.apply(step) == set()
    log = AttemptLog(str(api.log_folder / f"{attempt}.log"), Log())
    log.line("error", text, "task")
    log.close()


def test_an_empty_home_page(open_api: Api) -> None:
    assert "No DAGs yet" in page(open_api.anonymous, "/").text
    assert "No DAG matches" in page(open_api.anonymous, "/?q=x").text


def test_from_the_home_page_to_a_log(open_api: Api) -> None:
    open_api.lab.add(dag("sales", description="Loads sales", tags=("daily",)), dag("idle"))
    run = open_api.lab.run("sales", run_id="manual__2026-03-01T12:00:00+00:00")
    open_api.lab.force(run, a=S.SUCCESS, b=S.RUNNING)
    with_log(open_api, run, "a", "the first line")
    home = page(open_api.anonymous, "/")
    assert "Loads sales" in home.text
    assert "daily" in home.text
    assert home.forms().count("/dags/sales/trigger") == 1
    dag_page = page(open_api.anonymous, "/dags/sales")
    run_link = f"/dags/sales/runs/{quote(run.run_id, safe='')}"
    assert run_link in home.links()
    assert run_link in dag_page.links()
    run_page = page(open_api.anonymous, run_link)
    assert "running" in run_page.text
    assert f"{run_link}/tasks/a" in run_page.links()
    assert f"{run_link}/tasks/a" in dag_page.links(), "the grid"
    assert "the first line" in page(open_api.anonymous, f"{run_link}/tasks/a").text
    assert "Nothing was logged yet" in page(open_api.anonymous, f"{run_link}/tasks/c").text
    assert "has no try 9" in page(open_api.anonymous, f"{run_link}/tasks/a?try=9").text
    for link in {*home.links(), *dag_page.links(), *run_page.links()}:
        if link.startswith("/") and link != "/openapi.json":
            page(open_api.anonymous, link)
    for path in ("/static/style.css", "/static/live.js", "/static/icon.svg"):
        assert open_api.anonymous.get(path).status_code == 200
    assert open_api.anonymous.get("/static/../routes.py").status_code == 404
    assert open_api.anonymous.get("/static/..%2froutes.py").status_code == 404


def test_nothing_is_taken_for_html(open_api: Api) -> None:
    api = open_api
    spec = dag(
        "d",
        {EVIL: []},
        description=EVIL,
        dag_display_name=EVIL,
        tags=(EVIL,),
        owners=(EVIL,),
        warnings=(DagWarning(kind="x", message=EVIL),),
    )
    api.lab.add(spec)
    run = api.lab.run("d", run_id="r", note=EVIL, conf={EVIL: EVIL}, user=EVIL)
    with_log(api, run, EVIL, EVIL)
    told = ImportErrorSpec(relative_fileloc=EVIL, fileloc=EVIL, line=1, message=EVIL, traceback=EVIL)
    parsed = ParsedFile(relative_fileloc=EVIL, fileloc=EVIL, digest="0", errors=(told,))
    api.store.dags.save_parsed("dags", "/dags", parsed, NOW)
    task_path = f"/dags/d/runs/r/tasks/{quote(EVIL, safe='')}"
    for path in ("/", f"/?q={quote(EVIL)}", "/dags/d", "/dags/d/runs/r", task_path):
        seen = page(api.anonymous, path)
        assert [attrs.get("src") for tag, attrs in seen.tags if tag == "script"] == ["/static/live.js"], path
        assert "alert(1)" in seen.text, path
    answer = api.anonymous.get(f"/dags/{quote(EVIL, safe='')}", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text


def test_triggering_and_pausing(open_api: Api) -> None:
    open_api.lab.add(dag("a b/c%"))
    where = f"/dags/{quote('a b/c%', safe='')}"
    form = {"paused": "false", "next": "/?q=x"}
    answer = open_api.anonymous.post(f"{where}/pause", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?q=x")
    assert open_api.v2.get("/dags").json()["dags"][0]["is_paused"] is False
    answer = open_api.anonymous.post(f"{where}/trigger")
    assert answer.status_code == 303
    page(open_api.anonymous, answer.headers["location"])
    (run,) = open_api.v2.get("/dags/~/dagRuns").json()["dag_runs"]
    assert (run["triggered_by"], run["dag_id"]) == ("ui", "a b/c%")
    assert open_api.anonymous.post(f"{where}/pause", data={"paused": "perhaps"}).status_code == 400
    assert open_api.anonymous.post(f"{where}/pause", json={"paused": "true"}).status_code == 415
    assert open_api.anonymous.post("/dags/nothing/trigger").status_code == 404
    assert open_api.anonymous.post(f"{where}/trigger", headers={"sec-fetch-site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("target", ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\nb", ""])
def test_no_form_leads_to_another_site(open_api: Api, target: str) -> None:
    open_api.lab.add(dag("d"))
    answer = open_api.anonymous.post("/dags/d/pause", data={"paused": "true", "next": target})
    assert answer.headers["location"] == "/"


def test_logging_in(sqlite_api: Api) -> None:
    api = sqlite_api
    api.lab.add(dag("d"))
    api.store.users.create("ann", PASSWORD, "user", now=api.clock.now())
    with browser(api) as client:
        answer = client.get("/dags/d?cursor=")
        assert answer.status_code == 303
        assert answer.headers["location"] == "/login?next=%2Fdags%2Fd%3Fcursor%3D"
        login = page(client, answer.headers["location"])
        assert ("input", {"type": "hidden", "name": "next", "value": "/dags/d?cursor="}) in login.tags
        wrong = client.post("/login", data={"username": "ann", "password": "wrong"})
        assert wrong.status_code == 401
        assert "wrong user name or password" in wrong.text
        form = {"username": "ann", "password": PASSWORD, "next": "/dags/d"}
        done = client.post("/login", data=form)
        assert (done.status_code, done.headers["location"]) == (303, "/dags/d")
        cookie = done.headers["set-cookie"]
        assert re.search(r"HttpOnly", cookie)
        assert re.search(r"SameSite=strict", cookie)
        assert "Secure" not in cookie, "plain HTTP"
        assert "ann" in page(client, "/dags/d").text
        assert client.get("/api/v2/dags").status_code == 200, "the pages may use the API"
        client.post("/dags/d/pause", data={"paused": "false"})
        assert api.store.reads.dags.get("d")["paused"] is False  # type: ignore[index]
        api.store.users.set_role("ann", "viewer")
        assert "/dags/d/trigger" not in page(client, "/dags/d").forms()
        assert client.post("/dags/d/trigger").status_code == 403
        client.post("/logout")
        assert client.get("/").status_code == 303


def test_a_login_ends(sqlite_api: Api) -> None:
    sqlite_api.store.users.create("ann", PASSWORD, "user", now=sqlite_api.clock.now())
    with browser(sqlite_api) as client:
        client.post("/login", data={"username": "ann", "password": PASSWORD})
        assert client.get("/").status_code == 200
        sqlite_api.clock.advance(timedelta(hours=24))
        assert client.get("/").status_code == 303
        assert client.post("/dags/d/trigger").headers["location"] == "/login"


def test_pages_of_runs(open_api: Api) -> None:
    open_api.lab.add(dag("d", {"x": []}))
    for number in range(30):
        open_api.lab.run("d", run_id=f"r{number}", run_after=NOW + timedelta(hours=number))
    first = page(open_api.anonymous, "/dags/d")
    (older,) = [link for link in first.links() if "cursor=" in link]
    second = page(open_api.anonymous, older)
    assert "/dags/d/runs/r0" in second.links()
    assert "/dags/d/runs/r29" not in second.links()
    (newer,) = [link for link in second.links() if "cursor=" in link]
    assert page(open_api.anonymous, newer).links().count("/dags/d/runs/r29") >= 1


def test_a_finished_run_is_not_asked_for_again_and_again(open_api: Api) -> None:
    open_api.lab.add(dag("d"))
    run = open_api.lab.run("d", run_id="r")
    live = ("main", {"data-live": "fast"})
    assert live in page(open_api.anonymous, "/dags/d/runs/r").tags
    open_api.lab.set_run(run, DagRunState.SUCCESS)
    assert ("main", {}) in page(open_api.anonymous, "/dags/d/runs/r").tags
    assert ("main", {"data-live": "slow"}) in page(open_api.anonymous, "/").tags


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "–"),
        (0, "0 ms"),
        (0.0123, "12 ms"),
        (1.26, "1.3 s"),
        (75, "1 min 15 s"),
        (3600, "1 h"),
        (90061, "1 d 1 h"),
    ],
)
def test_durations(seconds: float | None, text: str) -> None:
    assert span(seconds) == text


def test_a_decorated_task_has_its_decorators_name_and_one_task_its_own_counts(open_api: Api) -> None:
    decorated = {"operator": "_PythonDecoratedOperator", "operator_name": "@task"}
    open_api.lab.add(dag("d", of={"a": decorated, "b": {"operator": "BashOperator"}}))
    run = open_api.lab.run("d", run_id="r", logical_date=NOW)
    open_api.lab.force(run, a=S.SUCCESS, b=S.FAILED)
    whole = page(open_api.anonymous, "/dags/d/runs/r").text
    assert "@task" in whole and "BashOperator" in whole and "_PythonDecoratedOperator" not in whole
    assert "failed 1" in " ".join(whole.split())
    one = page(open_api.anonymous, "/dags/d/runs/r?task_id=a").text
    assert "success 1" in " ".join(one.split()) and "failed" not in one
    assert "@task" in page(open_api.anonymous, "/dags/d/runs/r/tasks/a").text
    assert open_api.v2.get("/dags/d/tasks/a").json()["operator_name"] == "@task"
    listed = open_api.v2.get("/dags/d/dagRuns/r/taskInstances", params={"order_by": "task_id"}).json()
    a, b, *_ = listed["task_instances"]
    assert (a["operator"], a["operator_name"], b["operator_name"]) == (*decorated.values(), "BashOperator")
