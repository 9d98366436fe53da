"""The secret that signs API tokens, as it lies in the database: encrypted, as whoever has it is any user he likes.

Called by `store.users` and `store.key_rotation`.
"""

from __future__ import annotations

import secrets

from tradewind.errors import StoreError
from tradewind.store.vault import Vault

BYTES = 64
"""Of a secret, and so of one that was stored by a version that did not encrypt it; encrypted it is longer."""


def make(vault: Vault) -> bytes:
    """A new one, encrypted.  Raises SettingsError without a key."""
    return seal(vault, secrets.token_bytes(BYTES))


def seal(vault: Vault, secret: bytes) -> bytes:
    """One that is there, encrypted.  Raises SettingsError without a key."""
    return vault.seal(secret.hex()).encode("ascii")


def is_sealed(value: bytes) -> bool:
    """Whether what is stored is encrypted."""
    return len(value) != BYTES


def unseal(vault: Vault, value: bytes) -> bytes:
    """The secret.  Raises StoreError when none of the keys opens it, SettingsError without a key."""
    if not is_sealed(value):
        return value
    try:
        return bytes.fromhex(vault.open(value.decode("ascii")))
    except StoreError:
        raise StoreError(
            "the secret that signs API tokens cannot be decrypted: it was made with another secret key",
            fix="add the key it was made with to TRADEWIND_SECRET_KEY (several keys, newest first, separated by"
            " commas), or set TRADEWIND_JWT_SECRET, which makes all API tokens by password void",
        ) from None
