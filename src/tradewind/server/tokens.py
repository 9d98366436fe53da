"""API tokens: JSON Web Tokens signed with HS512.  Used by `server.auth` and the login routes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

ALGORITHM = "HS512"
ISSUER = "tradewind"
AUDIENCE = "tradewind-api"
CLI_LIFETIME = 3600.0
"""Seconds that a token for the command line is valid."""


class TokenError(Exception):
    """The token is not one of ours, or not valid now."""


class Tokens:
    """Makes and reads tokens.  `secret` is asked for once, at the first use; `now` gives aware UTC times."""

    def __init__(self, secret: Callable[[], bytes], now: Callable[[], datetime], lifetime: float) -> None:
        self._secret = secret
        self._now = now
        self.lifetime = lifetime
        self._lock = threading.Lock()
        self._key: bytes | None = None

    def issue(self, username: str, lifetime: float | None = None) -> str:
        """A token for this user, valid for `lifetime` seconds from now."""
        import jwt  # start-up time: only the first login pays for the library

        now = self._now()
        until = now + timedelta(seconds=self.lifetime if lifetime is None else lifetime)
        # with fractions: a token of the second in which its user logged out everywhere is from before or after it
        times = {"iat": now.timestamp(), "nbf": now.timestamp(), "exp": until.timestamp()}
        claims = {"sub": username, "iss": ISSUER, "aud": AUDIENCE, **times}
        return jwt.encode(claims, self._signing_key(), algorithm=ALGORITHM)

    def read(self, token: str) -> tuple[str, datetime]:
        """Whose token it is, and from when.

        Raises TokenError when it is forged, expired, not valid yet or of somebody else.
        """
        import jwt  # as above

        try:
            claims = jwt.decode(
                token,
                self._signing_key(),
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                issuer=ISSUER,
                # times are compared below, with our clock
                options={
                    "require": ["sub", "iat", "nbf", "exp"],
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
            now = self._now().timestamp()
            if float(claims["exp"]) <= now:
                raise TokenError("the token has expired")
            if float(claims["nbf"]) > now + 1:
                raise TokenError("the token is not valid yet")
            return str(claims["sub"]), datetime.fromtimestamp(float(claims["iat"]), UTC)
        except (jwt.InvalidTokenError, TypeError, ValueError, OverflowError, OSError) as error:
            raise TokenError("the token is not valid") from error

    def _signing_key(self) -> bytes:
        with self._lock:
            if self._key is None:
                self._key = self._secret()
            return self._key
