"""Files that the import and export verbs read and write: JSON, YAML, or lines of an environment file."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from tradewind.errors import InvalidError

YAML = (".yaml", ".yml")


def read_text(name: str) -> str:
    """The text of a file, or of standard input for `-`.  Raises InvalidError."""
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise InvalidError(f"{name} cannot be read: {reason}", fix="name a JSON or YAML file that exists") from None


def read_data(name: str) -> dict[str, Any]:
    """The mapping that a JSON or YAML file holds.  Raises InvalidError with the line of the mistake."""
    return parse_data(name, read_text(name))


def parse_data(name: str, text: str) -> dict[str, Any]:
    """As `read_data`, of a text; `name` tells the format (standard input may be either)."""
    if name.endswith(YAML) or (name == "-" and not text.lstrip().startswith("{")):
        # imported here: only these files need it
        import yaml

        try:
            data = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise InvalidError(f"{name} is not valid YAML: {' '.join(str(error).split())}") from None
    else:
        try:
            data = json.loads(text)
        except ValueError as error:
            raise InvalidError(f"{name} is not valid JSON: {error}", fix="correct the file at that place") from None
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        raise InvalidError(f"{name} does not hold names with their values", fix='write it as {"name": ...}')
    return data


def write_data(name: str, data: dict[str, Any], form: str | None = None) -> None:
    """Write a mapping as YAML when the name (or `form`) says so, else as JSON; `-` is standard output."""
    if form == "yaml" or (form is None and name.endswith(YAML)):
        import yaml  # as above

        text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True)
    else:
        text = json.dumps(data, indent=4, ensure_ascii=False) + "\n"
    write_text(name, text)


def write_text(name: str, text: str) -> None:
    """Write a file that only its owner may read, for it may hold secrets; an older file is replaced
    whole."""
    if name == "-":
        sys.stdout.write(text)
        return
    path = Path(name).absolute()
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")  # a pipe or /dev/stdout: nothing to replace
        return
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).replace(path)
    except OSError as error:
        raise InvalidError(f"{name} cannot be written: {error.strerror}", fix="name a file that can be") from None
