"""A small OpenID provider for tests: a real server that keeps to the code flow with PKCE, and can be told to cheat."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "tradewind", "client secret"


class Provider:
    """Its people, its keys, and what it does wrong."""

    def __init__(self, now: Any) -> None:
        self.now = now
        self.url = ""
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.signs_with = self.key
        self.claims: dict[str, Any] = {"sub": "s1", "preferred_username": "ann", "groups": ["staff"]}
        self.override: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.refusals: list[str] = []

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe()
        self.codes[code] = query
        return query["redirect_uri"] + "?" + urlencode({"code": code, "state": query["state"]})

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        user = base64.b64decode(authorization.partition(" ")[2]).decode()
        asked = self.codes.pop(form.get("code", ""), None)
        if user != f"{CLIENT}:{SECRET}" or asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            self.refusals.append("client, code or address")
            return 400, {"error": "invalid_grant"}
        made = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(made).decode().rstrip("=") != asked["code_challenge"]:
            self.refusals.append("verifier")
            return 400, {"error": "invalid_grant"}
        now = int(self.now().timestamp())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        claims |= self.claims | self.override
        header = {"alg": "RS256", "kid": self.signs_with.as_dict()["kid"]}
        id_token = jwt.encode(header, claims, self.signs_with)
        return 200, {"access_token": "x", "token_type": "Bearer", "expires_in": 300, "id_token": id_token}


@contextmanager
def serving_provider(now: Any) -> Iterator[Provider]:
    """A provider on a free port."""
    provider = Provider(now)

    class Handler(BaseHTTPRequestHandler):
        def answer(self, status: int, body: Any = None, location: str | None = None) -> None:
            data = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            if location is not None:
                self.send_header("location", location)
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/.well-known/openid-configuration":
                self.answer(200, provider.description())
            elif parts.path == "/keys":
                self.answer(200, {"keys": [provider.key.as_dict(private=False)]})
            else:
                self.answer(302, location=provider.authorize(query))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self.answer(*provider.token(form, self.headers.get("authorization", "")))

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(60)


__all__ = ["CLIENT", "SECRET", "Provider", "serving_provider"]
