"""`.airflowignore` files: which paths of a bundle are not DAG files.  Used by `loading.bundle`.

Both syntaxes of Airflow are read: `glob` (as in `.gitignore`: negation, anchored patterns, `**`) and `regexp`
(searched in the path relative to the bundle).  A file applies to its own folder and everything below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tradewind.errors import InvalidError

IGNORE_FILE = ".airflowignore"
Syntax = Literal["glob", "regexp"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of an ignore file."""

    pattern: re.Pattern[str]
    base: str
    """Folder of the ignore file: bundle-relative with a trailing slash, or empty for the bundle itself."""
    negated: bool = False
    folders_only: bool = False
    search: bool = False
    """Regexp syntax: the pattern may match anywhere in the path from the root of the bundle."""

    def matches(self, relative: str, *, is_folder: bool) -> bool:
        """Whether the rule speaks of this bundle-relative path (forward slashes, no trailing slash)."""
        if not relative.startswith(self.base) or (self.folders_only and not is_folder):
            return False
        if self.search:
            return self.pattern.search(relative) is not None
        return self.pattern.fullmatch(relative, len(self.base)) is not None


def is_ignored(rules: Sequence[Rule], relative: str, *, is_folder: bool) -> bool:
    """The last rule that matches decides, as in `.gitignore`."""
    for rule in reversed(rules):
        if rule.matches(relative, is_folder=is_folder):
            return not rule.negated
    return False


def read_rules(path: Path, folder: str, syntax: Syntax) -> list[Rule]:
    """The rules of one ignore file.

    `folder` is the bundle-relative folder of the file, with a trailing slash or empty.  Raises
    `InvalidError`, which names file, line and value, when a pattern cannot be read, and OSError when the file
    cannot.
    """
    rules: list[Rule] = []
    text = path.read_text(encoding="utf-8", errors="replace")
    for number, line in enumerate(text.splitlines(), start=1):
        content = _without_comment(line)
        if not content.strip():
            continue
        try:
            rules.append(parse_rule(content, folder, syntax))
        except re.error as error:
            raise InvalidError(
                f"{path}, line {number}: {content.strip()!r} is not a valid {syntax} pattern: {error}",
                fix="correct the pattern, or set core.dag_ignore_file_syntax to the syntax of the file "
                "(glob or regexp)",
            ) from error
    return rules


def parse_rule(content: str, folder: str, syntax: Syntax) -> Rule:
    """One pattern as a rule of the ignore file in `folder`.  Raises `re.error` when it is not a pattern."""
    if syntax == "regexp":
        return Rule(re.compile(content.strip()), base=folder, search=True)
    text = content.strip()
    negated = text.startswith("!")
    text = text[1:] if negated else text
    folders_only = text.endswith("/")
    text = text.rstrip("/")
    anchored = "/" in text
    text = text.lstrip("/")
    body = _glob_to_regex(text)
    if not anchored:
        body = f"(?:.*/)?{body}"
    return Rule(re.compile(body, re.DOTALL), base=folder, negated=negated, folders_only=folders_only)


def _without_comment(line: str) -> str:
    """The line up to a `#`, as Airflow reads it; `\\#` is a literal hash."""
    return re.sub(r"\s*(?<!\\)#.*", "", line).replace("\\#", "#")


def _glob_to_regex(glob: str) -> str:
    """A gitignore glob as a regular expression over a relative path with forward slashes."""
    out: list[str] = []
    index = 0
    while index < len(glob):
        char = glob[index]
        if glob.startswith("**/", index) and (index == 0 or glob[index - 1] == "/"):
            out.append("(?:[^/]+/)*")
            index += 3
        elif glob[index:] == "**" and (index == 0 or glob[index - 1] == "/"):
            out.append(".+")
            index += 2
        elif char == "*":
            out.append("[^/]*")
            index += 1
            while index < len(glob) and glob[index] == "*":
                index += 1
        elif char == "?":
            out.append("[^/]")
            index += 1
        elif char == "[":
            text, index = _character_class(glob, index)
            out.append(text)
        elif char == "\\" and index + 1 < len(glob):
            out.append(re.escape(glob[index + 1]))
            index += 2
        else:
            out.append(re.escape(char))
            index += 1
    return "".join(out)


def _character_class(glob: str, start: int) -> tuple[str, int]:
    """`[...]` at `start` as a regex class and the index behind it; a lone bracket is a literal."""
    end = start + 1
    if end < len(glob) and glob[end] in "!^":
        end += 1
    if end < len(glob) and glob[end] == "]":
        end += 1
    while end < len(glob) and glob[end] != "]":
        end += 1
    if end >= len(glob):
        return re.escape("["), start + 1
    body = glob[start + 1 : end]
    negated = body[:1] in ("!", "^")
    body = body[1:] if negated else body
    body = body.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]").replace("^", "\\^")
    return f"(?!/)[{'^' if negated else ''}{body}]", end + 1
