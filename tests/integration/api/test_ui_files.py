"""How the built web UI is served: one page for every address, files for good, a policy that lets nothing else in."""

from __future__ import annotations

import json
import re
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from api_lab import Api

from tradewind.server import ui
from tradewind.server.models.common import Answer


class Named(Answer):
    """As much of a session as matters here."""

    username: str


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small build in the place of the real one."""
    (tmp_path / "static").mkdir()
    (tmp_path / "index.html").write_text(
        '<html><head><script nonce="__CSP_NONCE__" src="/static/a-1.js"></script></head></html>'
    )
    (tmp_path / "icon.svg").write_text("<svg/>")
    (tmp_path / "static" / "a-1.js").write_text("plain")
    (tmp_path / "static" / "a-1.js.gz").write_bytes(b"gzipped")
    (tmp_path / "static" / "a-1.js.br").write_bytes(b"brotli")
    (tmp_path / "other.txt").write_text("not for everyone")
    monkeypatch.setattr(ui, "BUILT", tmp_path)
    ui._index.cache_clear()
    return tmp_path


def raw(url: str, headers: dict[str, str]) -> tuple[int, Message, bytes]:
    """An answer as it came: nothing is unpacked."""
    with urlopen(Request(url, headers=headers)) as answer:
        return answer.status, answer.headers, answer.read()


@pytest.mark.parametrize("path", ["/", "/dags/some%2Fdag/runs/a%20b", "/assets", "/login?next=/dags", "/apifoo"])
def test_every_address_is_the_one_page(sqlite_api: Api, built: Path, path: str) -> None:
    answer = sqlite_api.anonymous.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "private, no-cache"
    nonce = re.search(r'nonce="([^"]+)"', answer.text)
    assert nonce and nonce[1] != "__CSP_NONCE__"
    assert f"'nonce-{nonce[1]}'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"


def session_in(text: str) -> dict[str, Any] | None:
    """What the page carries of the session."""
    found = re.search(r'<script id="session" type="application/json">(.*?)</script>', text, re.DOTALL)
    return None if found is None else json.loads(found[1])


def test_the_page_carries_the_session_of_who_asks_and_of_nobody_else(sqlite_api: Api, built: Path) -> None:
    carried = session_in(sqlite_api.as_role("admin").get("/dags").text)
    asked = sqlite_api.as_role("admin").get("/api/tradewind/session").json()
    assert carried is not None
    assert {**carried, "server_time": None, "position": None} == {**asked, "server_time": None, "position": None}
    assert session_in(sqlite_api.anonymous.get("/dags").text) is None
    wrong = sqlite_api.anonymous.get("/dags", headers={"authorization": "Bearer wrong"})
    assert (wrong.status_code, session_in(wrong.text)) == (200, None)


def test_what_is_in_the_session_cannot_end_its_element(
    sqlite_api: Api, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "</script><script>alert(1)</script>"
    monkeypatch.setattr(ui, "session_of", lambda *_: Named(username=name))
    text = sqlite_api.as_role("admin").get("/").text
    assert "<script>alert" not in text
    assert session_in(text) == {"username": name}


def test_a_nonce_is_used_once(sqlite_api: Api, built: Path) -> None:
    assert sqlite_api.anonymous.get("/").text != sqlite_api.anonymous.get("/").text


def test_files_are_kept_for_good_and_come_compressed(sqlite_api: Api, built: Path) -> None:
    for encodings, body in (("gzip, deflate, br", b"brotli"), ("gzip;q=0.5", b"gzipped"), ("identity", b"plain")):
        status, headers, content = raw(sqlite_api.url + "/static/a-1.js", {"accept-encoding": encodings})
        assert (status, content) == (200, body)
        assert "immutable" in headers["cache-control"]
        assert headers["vary"] == "accept-encoding"
        assert "javascript" in headers["content-type"]


@pytest.mark.parametrize(
    "path",
    ["/static/../other.txt", "/static/%2e%2e%2fother.txt", "/static/a-1.js.br", "/static/none.js", "/static/.x"],
)
def test_nothing_else_is_given_out(sqlite_api: Api, built: Path, path: str) -> None:
    answer = sqlite_api.anonymous.get(path)
    assert answer.status_code == 404 or "__" not in answer.text
    assert "not for everyone" not in answer.text


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/v2/none", 404), ("PUT", "/api/v2/dags", 405)])
def test_what_is_the_apis_is_answered_by_the_api(
    sqlite_api: Api, built: Path, method: str, path: str, status: int
) -> None:
    answer = sqlite_api.anonymous.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/json"


def test_a_checkout_without_a_build_says_how_to_make_one(
    sqlite_api: Api, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ui, "BUILT", tmp_path / "none")
    answer = sqlite_api.anonymous.get("/dags")
    assert answer.status_code == 503
    assert "hatch_build.py" in answer.text
