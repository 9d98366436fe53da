"""How the text of a setting becomes a value: the value, or ValueError with what would be right.  Used by
`settings.options`.
"""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

_TRUE, _FALSE = (
    frozenset({"true", "t", "yes", "y", "on", "1"}),
    frozenset({"false", "f", "no", "n", "off", "0"}),
)


def boolean(text: str) -> bool:
    word = text.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError("use true or false")


def seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 10**9:
        raise ValueError("use a number of seconds greater than 0, such as 30 or 0.5")
    return value


def grace(text: str) -> float:
    return 0.0 if text.strip() in ("0", "0.0") else seconds(text)


def limit(text: str) -> int:
    if not text.strip().isdecimal() or int(text) > 10**9:
        raise ValueError("use a whole number from 0 on")
    return int(text)


def port(text: str) -> int:
    if not text.strip().isdecimal() or int(text) > 65535:
        raise ValueError("use a whole number from 1 to 65535, or 0 for any free port")
    return int(text)


def slots(text: str) -> int:
    if not text.strip().isdecimal() or not 1 <= int(text) <= 10_000:
        raise ValueError("use a whole number from 1 to 10000")
    return int(text)


def whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.strip().isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"use a whole number from {least} to {most}")
        return int(text)

    return read


def line(text: str) -> str:
    if not text.strip():
        raise ValueError("give a value, or remove the setting")
    return text.strip()


def ui_zone(text: str) -> str:
    return text if text == "local" else zone(text)


def zone(text: str) -> str:
    name = line(text)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("use an IANA name such as UTC or Europe/Berlin") from None
    return name


def word(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text.strip().lower() not in words:
            raise ValueError(f"use one of: {', '.join(words)}")
        return text.strip().lower()

    return read


def exposed(text: str) -> str:
    if text.strip().lower() == "non-sensitive-only":
        return "non-sensitive-only"
    try:
        return "true" if boolean(text) else "false"
    except ValueError:
        raise ValueError("use true, false or non-sensitive-only") from None


def url(text: str) -> str:
    url = line(text)
    if "://" not in url:
        raise ValueError("use a database URL such as postgresql://user:password@host/name or sqlite:////path/file.db")
    return url


def fernet_key(text: str) -> str:
    for key in line(text).split(","):
        stripped = key.strip()
        if len(stripped) != 44 or not stripped.endswith("="):
            raise ValueError(
                "use a Fernet key (44 characters); one is made by: python -c "
                "'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
            )
    return text.strip()
