"""Encrypts what the metadata database must not show: Variables, passwords and extras of Connections, kept secrets.

Made by `store.Store` from the configured key and used by `store.variables`, `store.connections` and their like.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from typing import TYPE_CHECKING

from tradewind.errors import InvalidError, SettingsError, StoreError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

_MAKE = "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"


def new_key() -> str:
    """A new Fernet key: 44 characters of URL-safe base64."""
    # start-up time: only commands that touch secrets pay for the library
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


class Vault:
    """Seals and opens texts with one Fernet key, or several with commas: the first seals, all open.

    So a key is rotated by putting the new one in front, sealing everything again (`rotate`) and
    dropping the old one.  Thread-safe.  Without a key nothing can be sealed or opened; the error comes
    at the first use.
    """

    def __init__(self, key: str | None) -> None:
        self._key = key
        self._lock = threading.Lock()
        self._made: MultiFernet | None = None
        self._digest_keys: tuple[bytes, ...] = ()

    def seal(self, text: str) -> str:
        """The text encrypted, as ASCII.  Raises SettingsError when there is no usable key, InvalidError for half a
        character (a lone surrogate), which no UTF-8 holds."""
        try:
            content = text.encode()
        except UnicodeEncodeError as error:
            # the text is not repeated: it is a secret
            raise InvalidError(
                f"character {error.start + 1} is half of one, a lone surrogate", fix="send valid Unicode"
            ) from None
        return self._fernet().encrypt(content).decode("ascii")

    def open(self, text: str, what: str = "a stored secret") -> str:
        """What `seal` was given.  `what` names the thing in the error.

        Raises StoreError when none of the keys fits, SettingsError when there is no usable key.
        """
        from cryptography.fernet import InvalidToken  # as above

        try:
            return self._fernet().decrypt(text).decode()
        except InvalidToken:
            raise StoreError(
                f"{what} cannot be decrypted: it was written with another secret key",
                fix="add the key it was written with to TRADEWIND_SECRET_KEY (several keys, newest first,"
                " separated by commas), or set the value anew",
            ) from None

    def digests(self, text: str) -> tuple[str, ...]:
        """What tells whether two sealed texts are the same, one for each key, that of the first key first: 64
        characters, of which nobody without the key can guess the text.  Raises SettingsError without a key.
        """
        self._fernet()  # complains about keys that are none
        content = text.encode("utf-8", "surrogatepass")
        return tuple(hmac.digest(key, content, "sha256").hex() for key in self._digest_keys)

    def rotate(self, text: str, what: str = "a stored secret") -> str:
        """The same content sealed with the first key.  Raises as `open`."""
        return self.seal(self.open(text, what))

    def _fernet(self) -> MultiFernet:
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made

    def _make(self) -> MultiFernet:
        from cryptography.fernet import Fernet, MultiFernet  # as above

        keys = [part.strip() for part in (self._key or "").split(",") if part.strip()]
        if not keys:
            raise SettingsError(
                "there is no secret key, so Variables and Connections can neither be stored nor read",
                fix=f"set TRADEWIND_SECRET_KEY to a key made by: {_MAKE}",
            )
        try:
            made = MultiFernet([Fernet(key) for key in keys])
            # not the keys themselves: what they seal and what they digest must tell nothing of each other
            self._digest_keys = tuple(
                hashlib.sha256(b"tradewind: digest of a secret\0" + base64.urlsafe_b64decode(key)).digest()
                for key in keys
            )
            return made
        except ValueError:
            # the key is not repeated: messages end up in logs
            raise SettingsError(
                "the secret key is not a Fernet key (44 characters of URL-safe base64)",
                fix=f"set TRADEWIND_SECRET_KEY to a key made by: {_MAKE}",
            ) from None
