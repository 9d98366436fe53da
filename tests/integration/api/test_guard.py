"""What every request must pass, and what every answer carries."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from api_lab import Api, running

from tradewind.store import Store
from tradewind.testing.clock import VirtualClock


def test_every_answer_has_the_security_headers(sqlite_api: Api) -> None:
    for path in ("/api/v2/version", "/api/v2/dags", "/nothing", "/", "/login", "/icon.svg"):
        headers = sqlite_api.anonymous.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers
        assert "cache-control" in headers


def test_an_unexpected_error_is_told_without_its_text(sqlite_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the secret is 1234")

    monkeypatch.setattr(sqlite_api.store.reads.dags, "get", broken)
    answer = sqlite_api.v2.get("/dags/x")
    assert answer.status_code == 500
    assert "1234" not in answer.text
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:1", "[::1]:8080", "LOCALHOST"])
def test_without_a_login_local_names_are_taken(open_api: Api, host: str) -> None:
    assert open_api.anonymous.get("/api/v2/dags", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "[::1", "a b"])
def test_without_a_login_other_names_are_refused(open_api: Api, host: str) -> None:
    for path in ("/", "/api/v2/dags", "/auth/token"):
        assert open_api.anonymous.get(path, headers={"host": host}).status_code == 403


def test_a_configured_name_is_taken(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> None:
    with running(sqlite_store, present, tmp_path, no_auth=True, hosts=["box.local"]) as api:
        assert api.anonymous.get("/api/v2/dags", headers={"host": "box.local:8080"}).status_code == 200


def test_with_a_login_every_name_is_taken(sqlite_api: Api) -> None:
    assert sqlite_api.anonymous.get("/api/v2/version", headers={"host": "pipelines.example"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
    ],
)
def test_other_sites_cannot_change_anything(open_api: Api, headers: dict[str, str]) -> None:
    answer = open_api.anonymous.post("/api/v2/variables", json={"key": "a", "value": "b"}, headers=headers)
    assert answer.status_code == 403
    assert open_api.store.variables.list() == []


def test_our_own_pages_can(open_api: Api) -> None:
    for number, headers in enumerate(({"origin": open_api.url}, {"sec-fetch-site": "same-origin"}, {})):
        body = {"key": f"k{number}", "value": "b"}
        assert open_api.anonymous.post("/api/v2/variables", json=body, headers=headers).status_code == 201


def test_no_answer_allows_another_origin_to_read(sqlite_api: Api) -> None:
    asked = {"origin": "https://evil.example", "access-control-request-method": "POST"}
    answer = sqlite_api.anonymous.options("/api/v2/variables", headers=asked)
    assert "access-control-allow-origin" not in answer.headers
    assert answer.status_code == 405


def test_a_large_body_is_refused(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> None:
    with running(sqlite_store, present, tmp_path, no_auth=True, max_body=1000) as api:
        body = {"key": "a", "value": "x" * 2000}
        assert api.anonymous.post("/api/v2/variables", json=body).status_code == 413
        # the length is not announced
        chunks = (b'{"key": "a", "value": "' + b"x" * 100 for _ in range(50))
        answer = api.anonymous.post("/api/v2/variables", content=chunks, headers={"content-type": "application/json"})
        assert answer.status_code == 413
        assert api.anonymous.post("/api/v2/variables", json={"key": "a", "value": "x" * 500}).status_code == 201


@pytest.mark.parametrize("path", ["/api/v2/dags/a%00b", "/api/v2/dags?dag_id_pattern=%00", "/api/v2/dags/%ff"])
def test_nul_and_broken_utf8_are_refused(sqlite_api: Api, path: str) -> None:
    assert sqlite_api.v2.get(sqlite_api.url + path).status_code == 400


def test_nul_in_a_body_is_refused(api: Api) -> None:
    for body in ({"key": "a\x00", "value": "b"}, {"key": "a", "value": "b", "description": "\x00"}):
        assert api.v2.post("/variables", json=body).status_code == 422
    assert api.v2.post("/pools", json={"name": "p", "slots": 2**40}).status_code == 422
    assert api.v2.get("/importErrors/" + "9" * 30).status_code == 404
    assert api.v2.get("/dags/x/dagVersions/" + "9" * 30).status_code == 404


def test_a_long_target_is_refused(sqlite_api: Api) -> None:
    assert sqlite_api.v2.get("/dags", params={"tags": ["x" * 1000] * 40}).status_code == 414


def test_websockets_are_closed(sqlite_api: Api) -> None:
    parts = urlsplit(sqlite_api.url)
    assert parts.hostname is not None
    with socket.create_connection((parts.hostname, parts.port or 80), timeout=30) as connection:
        connection.sendall(
            b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        assert b" 101 " not in connection.recv(4096)


def test_errors_of_the_api_are_json_for_browsers_too(open_api: Api) -> None:
    assert open_api.anonymous.get("/api/v2/nothing", headers={"accept": "text/html"}).json() == {"detail": "Not Found"}
