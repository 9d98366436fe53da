"""Writes `packages/airflow-compat/src/airflow/**` from the table in `tools/compat_names.py`.

    python tools/build_compat.py            # write
    python tools/build_compat.py --check    # exit status 1 when the checked-in files differ from the table

Every file only names objects of Tradewind.  Files that many import and few use wholly (`airflow`, `airflow.sdk`, ...)
load a name at its first use; the others import what they name.  What is not there yet says which feature it needs.
The one file written by hand, `_package.py`, is left alone.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compat_names import GONE, LATER, LAZY, NAMES, STANDARD, TEXTS

ROOT = Path(__file__).resolve().parents[1] / "packages" / "airflow-compat" / "src" / "airflow"
BY_HAND = ("_package.py",)
OWN = "_own"
"""Folder of the provider modules that belong to the engine; first on the search path of `airflow.providers`."""
BUILTIN = "_builtin"
"""Folder of the provider modules for where the provider is not installed; last on that path."""
NAMESPACES = frozenset({"airflow.providers", "airflow.providers.common"})
"""Packages that several distributions share: they have no file."""
WIDTH = 120


def modules() -> list[str]:
    """Every module of the package, the parents of those in the table included, but for namespaces."""
    found: set[str] = set()
    for name in (*NAMES, *LATER, *GONE, *TEXTS):
        parts = name.split(".")
        found |= {".".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
    return sorted(found - NAMESPACES)


def is_package(module: str) -> bool:
    """Whether other modules of the table lie below it."""
    return any(name.startswith(f"{module}.") for name in modules())


def is_own(module: str) -> bool:
    """Whether the module is one of the provider `standard`, which is Tradewind's own."""
    return f"{module}.".startswith("airflow.providers.standard.")


def path_of(module: str) -> Path:
    """Where the module's file lies, relative to the package."""
    parts = module.split(".")[1:]
    if parts[:1] == ["providers"]:
        parts = [OWN if is_own(module) else BUILTIN, *parts]
    return Path(*parts, "__init__.py") if is_package(module) else Path(*parts).with_suffix(".py")


def rows(module: str) -> dict[str, tuple[str, str]]:
    """name -> (home module, attribute there; empty for the module itself)."""
    found: dict[str, tuple[str, str]] = {}
    for home, names in NAMES.get(module, {}).items():
        for entry in names.split():
            name, _, attribute = entry.partition("=")
            found[name] = (f"tradewind.{home}", "" if attribute == "." else attribute or name)
    return found


def later(module: str) -> dict[str, str]:
    """name -> the feature it needs."""
    return {name: feature for names, feature in LATER.get(module, {}).items() for name in names.split()}


def text_of(module: str) -> str:
    """The whole file."""
    doc = f'"""Airflow\'s `{module}`.  Written by tools/build_compat.py."""\n'
    if module in GONE:
        text = quoted(f"{module} does not exist any more: {GONE[module]}")
        line = f"raise ImportError({text})\n"
        return f"{doc}\n" + (line if len(line) <= WIDTH else f"raise ImportError(\n    {text}\n)\n")
    own, missing, texts = rows(module), later(module), TEXTS.get(module, {})
    lazy = module in LAZY
    blocks = [doc]
    if lazy:
        blocks.append("from typing import TYPE_CHECKING\n")
    helpers = [
        *(["lazy"] if lazy else ["later"] if missing else []),
        *(["search_path"] if module == "airflow" else []),
        *(["beside"] if is_own(module) and is_package(module) else []),
    ]
    imports = [f"from airflow._package import {', '.join(helpers)}\n"] if helpers else []
    if own and not lazy:
        imports.extend(import_lines(own, ""))
    if imports:
        blocks.append("".join(imports))
    if own and lazy:
        blocks.append("if TYPE_CHECKING:\n" + "".join(import_lines(own, "    ")))
    if module == "airflow":
        blocks.append("__path__ = search_path(__path__, __name__)\n")
    if is_own(module) and is_package(module):
        blocks.append("__path__ = beside(__path__, __name__)\n")
    if texts:
        blocks.append("".join(f"{name} = {quoted(value)}\n" for name, value in texts.items()))
    if lazy:
        blocks.append(f"__getattr__, __dir__ = lazy(\n    __name__,\n{table(own)}{needs(missing, '    ')})\n")
    elif missing:
        blocks.append(f"__getattr__ = later(\n    __name__,\n{needs(missing, '    ')})\n")
    names = sorted({*own, *texts}, key=order)
    if names:
        blocks.append(listing("__all__", names))
    return "\n".join(blocks)


def order(name: str) -> tuple[int, str]:
    """Constants, classes, the rest: the order that the linter wants."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2, name)


def import_lines(own: dict[str, tuple[str, str]], indent: str) -> list[str]:
    """Import statements, sorted as the linter wants them; `as` marks a re-export."""
    by_home: dict[str, list[str]] = {}
    for name, (home, attribute) in own.items():
        if attribute:
            by_home.setdefault(home, []).append(name)
        else:
            parent, _, leaf = home.rpartition(".")
            by_home.setdefault(parent, []).append(f"{name}={leaf}")
    lines: list[str] = []
    for home in sorted(by_home):
        entries: list[tuple[str, str]] = []
        for name in by_home[home]:
            name, _, leaf = name.partition("=")
            entries.append((leaf or own[name][1], name))
        for attribute, name in sorted(entries, key=lambda pair: (order(pair[0]), pair[1])):
            note = "  # noqa: N811" if order(attribute)[0] == 0 and order(name)[0] == 2 else ""
            line = f"{indent}from {home} import {attribute} as {name}{note}\n"
            if len(line) > WIDTH + 1:
                line = f"{indent}from {home} import ({note}\n{indent}    {attribute} as {name},\n{indent})\n"
            lines.append(line)
    return lines


def table(own: dict[str, tuple[str, str]]) -> str:
    lines = [
        f'        "{name}": "{home}{":" + attribute if attribute else ""}",\n'
        for name, (home, attribute) in own.items()
    ]
    return "    {\n" + "".join(sorted(lines)) + "    },\n"


def needs(missing: dict[str, str], indent: str) -> str:
    if not missing:
        return ""
    lines = [f'{indent}    "{name}": {quoted(feature)},\n' for name, feature in sorted(missing.items())]
    return f"{indent}{{\n" + "".join(lines) + f"{indent}}},\n"


def listing(name: str, values: list[str]) -> str:
    short = f"{name} = [{', '.join(quoted(value) for value in values)}]\n"
    if len(short) <= WIDTH:
        return short
    return f"{name} = [\n" + "".join(f"    {quoted(value)},\n" for value in values) + "]\n"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def files() -> dict[Path, str]:
    """Every generated file: path relative to the package -> text."""
    assert set(STANDARD) <= set(modules())
    return {path_of(module): text_of(module) for module in modules()}


def main() -> int:
    """Write or check; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say what differs")
    check = parser.parse_args().check
    wanted = files()
    present = {path.relative_to(ROOT): path for path in ROOT.rglob("*.py") if path.name not in BY_HAND}
    wrong = [path for path, text in wanted.items() if path not in present or present[path].read_text() != text]
    extra = [path for path in present if path not in wanted]
    if check:
        for path in sorted([*wrong, *extra]):
            print(f"{ROOT / path} differs from the table; run: python tools/build_compat.py")
        return 1 if wrong or extra else 0
    for path in wrong:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(wanted[path])
    for path in extra:
        present[path].unlink()
    print(f"{len(wanted)} files, {len(wrong)} written, {len(extra)} removed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
