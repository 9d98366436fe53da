"""Logins through an OpenID provider: authorisation code with PKCE, state and nonce.  Used by `server.api.oidc`.

The way there and back: `begin` gives the address of the provider and a sealed note for the browser, `finish` takes
what the provider sends back with that note, and gives who it is.  What the browser could not have got from us (another
state), what was not made for this login (another nonce), and what the provider did not sign is refused.
"""

from __future__ import annotations

import json
import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tradewind.errors import InvalidError, SettingsError, StoreError, TradewindError
from tradewind.store.vault import Vault

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

logger = logging.getLogger(__name__)

MINUTES = 10.0
"""Within which a login has to come back."""
SECONDS = 10.0
"""That the provider may take for an answer."""
FRESH = 3600.0
"""Seconds after which the provider's description and keys are read again."""
SKEW = 60.0
"""Seconds that the provider's clock may differ from ours."""
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Of ID tokens; none that is signed with a secret that somebody else may know."""


class LoginRefusedError(TradewindError):
    """The provider does not vouch for this one, or nothing allows him in."""


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """How to deal with a provider."""

    issuer: str
    client_id: str
    client_secret: str
    name: str = "OpenID"
    """What the button of the login page calls it."""
    scopes: str = "openid profile email"
    username_claim: str = "preferred_username"
    role_claim: str = "groups"
    role_map: Mapping[str, str] | None = None
    """Value of the claim -> role; the highest one counts."""
    default_role: str | None = None
    """Of those whom the map does not name; None: they are not let in."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for."""

    username: str
    roles: tuple[str, ...]
    """Those that the map gives, at least one."""
    next: str
    subject: str
    """Who he is to the provider, whatever he calls himself there."""


class Oidc:
    """One provider.  Thread-safe.  `now` gives aware UTC times."""

    def __init__(self, settings: OidcSettings, vault: Vault, now: Callable[[], datetime]) -> None:
        self.settings = settings
        self._vault = vault
        self._now = now
        self._lock = threading.Lock()
        self._known: tuple[float, dict[str, Any], KeySet] | None = None

    def begin(self, redirect_uri: str, next_path: str) -> tuple[str, str]:
        """Where the browser goes, and the note that it brings back.  Raises TradewindError."""
        verifier = secrets.token_urlsafe(48)
        state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # start-up time: only logins pay for it
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        address = prepare_grant_uri(
            self._description()["authorization_endpoint"],
            self.settings.client_id,
            "code",
            redirect_uri=redirect_uri,
            scope=self.settings.scopes,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        note = {"state": state, "nonce": nonce, "verifier": verifier, "next": next_path, "at": self._now().timestamp()}
        return str(address), self._vault.seal(json.dumps(note))

    def finish(self, redirect_uri: str, sealed: str, answer: Mapping[str, str]) -> Vouched:
        """Who logged in.  Raises LoginRefusedError, InvalidError for what does not belong to a login of ours, and
        TradewindError when the provider cannot be reached or answers something else.
        """
        again = "begin the login again"
        try:
            note = json.loads(self._vault.open(sealed))
        except (StoreError, ValueError):
            raise InvalidError("this login was not begun here", fix=again) from None
        if not secrets.compare_digest(note["state"].encode(), answer.get("state", "").encode()):
            raise InvalidError("the answer is not that to the login which was begun here", fix=again)
        if self._now().timestamp() - note["at"] > MINUTES * 60:
            raise InvalidError(f"the login took more than {MINUTES:g} minutes", fix=again)
        if "error" in answer:
            raise LoginRefusedError(f"{self.settings.name} refused the login: {answer['error'][:200]}")
        if not answer.get("code"):
            raise InvalidError(f"{self.settings.name} sent no code", fix=again)
        claims = self._claims(self._redeem(redirect_uri, answer["code"], note["verifier"]), note["nonce"])
        return self._vouched(claims, note["next"])

    def _redeem(self, redirect_uri: str, code: str, verifier: str) -> dict[str, Any]:
        import httpx  # as above

        settings = self.settings
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
            "client_id": settings.client_id,
        }
        try:
            with httpx.Client(timeout=SECONDS, auth=(settings.client_id, settings.client_secret)) as client:
                answer = client.post(self._description()["token_endpoint"], data=form)
                answer.raise_for_status()
                found = answer.json()
                if not isinstance(found, dict):
                    raise ValueError("no object")
        except (httpx.HTTPError, ValueError) as error:
            logger.warning("%s did not take the code of a login: %s", settings.issuer, error)
            raise LoginRefusedError(f"{settings.name} did not take the code of the login") from None
        if not isinstance(found.get("id_token"), str):
            raise LoginRefusedError(f"{self.settings.name} gave no ID token", fix="put openid into the scopes")
        return found

    def _claims(self, token: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """The claims of the ID token, its signature, issuer, audience, times and nonce checked."""
        from joserfc import jwt  # as above
        from joserfc.errors import JoseError

        try:
            try:
                decoded = jwt.decode(token["id_token"], self._keys(), algorithms=ALGORITHMS)
            except (JoseError, ValueError):
                # the provider may have new keys
                decoded = jwt.decode(token["id_token"], self._keys(anew=True), algorithms=ALGORITHMS)
            claims: dict[str, Any] = dict(decoded.claims)
        except (JoseError, ValueError) as error:
            logger.warning("an ID token of %s is not valid: %s", self.settings.issuer, error)
            raise LoginRefusedError(f"the ID token of {self.settings.name} is not valid") from None
        now = self._now().timestamp()
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        expires, issued = claims.get("exp"), claims.get("iat")
        wrong = (
            ("issuer", claims.get("iss") != self.settings.issuer),
            ("audience", self.settings.client_id not in audiences),
            ("authorised party", len(audiences) > 1 and claims.get("azp") != self.settings.client_id),
            ("expiry", not isinstance(expires, int | float) or expires + SKEW < now),
            ("time of issue", not isinstance(issued, int | float) or issued - SKEW > now),
            ("nonce", not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode())),
            ("subject", not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= 255),
        )
        for what, is_wrong in wrong:
            if is_wrong:
                logger.warning("an ID token of %s has a wrong %s", self.settings.issuer, what)
                raise LoginRefusedError(f"the ID token of {self.settings.name} has a wrong {what}")
        return claims

    def _vouched(self, claims: Mapping[str, Any], next_path: str) -> Vouched:
        settings = self.settings
        username = claims.get(settings.username_claim)
        if not isinstance(username, str) or not username:
            raise LoginRefusedError(
                f"{settings.name} does not tell the claim {settings.username_claim!r}",
                fix="set TRADEWIND_OIDC_USERNAME_CLAIM to one that it tells, such as email or sub",
            )
        told = claims.get(settings.role_claim)
        values = told if isinstance(told, list) else [] if told is None else [told]
        mapped = settings.role_map or {}
        roles = [mapped[str(value)] for value in values if str(value) in mapped]
        if not roles and settings.default_role is not None:
            roles = [settings.default_role]
        if not roles:
            raise LoginRefusedError(f"nothing that {settings.name} tells of {username} allows a role here")
        return Vouched(username, tuple(dict.fromkeys(roles)), next_path, claims["sub"])

    def _description(self) -> dict[str, Any]:
        return self._provider()[0]

    def _keys(self, *, anew: bool = False) -> KeySet:
        return self._provider(anew=anew)[1]

    def _provider(self, *, anew: bool = False) -> tuple[dict[str, Any], KeySet]:
        """What the provider says of itself, and its keys; kept for a while."""
        with self._lock:
            if self._known is None or anew or time.monotonic() - self._known[0] > FRESH:
                description, keys = self._ask()
                self._known = (time.monotonic(), description, keys)
            return self._known[1], self._known[2]

    def _ask(self) -> tuple[dict[str, Any], KeySet]:
        import httpx  # as above
        from joserfc.jwk import KeySet

        issuer = self.settings.issuer
        try:
            with httpx.Client(timeout=SECONDS) as client:
                description = client.get(issuer.rstrip("/") + "/.well-known/openid-configuration")
                description.raise_for_status()
                told = description.json()
                if told.get("issuer") != issuer:
                    raise SettingsError(
                        f"the OpenID provider calls itself {told.get('issuer')!r}, not {issuer!r}",
                        fix="set TRADEWIND_OIDC_ISSUER to exactly that",
                    )
                keys = client.get(told["jwks_uri"])
                keys.raise_for_status()
                return told, KeySet.import_key_set(keys.json())
        except (httpx.HTTPError, KeyError, ValueError, TypeError) as error:
            raise TradewindError(
                f"the OpenID provider {issuer} cannot be asked: {error}", fix="check the issuer and the network"
            ) from error
