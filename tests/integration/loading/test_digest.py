"""What makes a DAG file count as changed."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tradewind.loading.digest import GONE, Digests, content_digest, file_digest, guess_imports


def digest_of(root: Path, *imports: str, answers: dict[str, str] | None = None, salt: str = "1") -> str:
    return content_digest(Digests(root), "dag.py", imports, answers or {}, salt=salt)


def test_every_input_counts(tmp_path: Path) -> None:
    (tmp_path / "dag.py").write_text("a")
    (tmp_path / "helper.py").write_text("b")
    seen = {
        digest_of(tmp_path),
        digest_of(tmp_path, "helper.py"),
        digest_of(tmp_path, "missing.py"),
        digest_of(tmp_path, answers={"v": "1"}),
        digest_of(tmp_path, answers={"v": "2"}),
        digest_of(tmp_path, salt="2"),
    }
    (tmp_path / "helper.py").write_text("c")
    seen.add(digest_of(tmp_path, "helper.py"))
    (tmp_path / "dag.py").write_text("d")
    seen.add(digest_of(tmp_path))
    assert len(seen) == 8
    assert all(len(digest) == 64 for digest in seen), "it has to fit its column"


def test_order_and_repetition_of_inputs_do_not_count(tmp_path: Path) -> None:
    for name in ("dag.py", "x.py", "y.py"):
        (tmp_path / name).write_text(name)
    expected = digest_of(tmp_path, "x.py", "y.py")
    assert digest_of(tmp_path, "y.py", "x.py", "y.py", "dag.py") == expected


def test_a_folder_counts_by_its_visible_names(tmp_path: Path) -> None:
    (tmp_path / "dag.py").write_text("")
    (tmp_path / "configs").mkdir()
    (tmp_path / "configs" / "a.yaml").write_text("1")
    before = digest_of(tmp_path, "configs")
    (tmp_path / "configs" / "a.yaml").write_text("2")
    (tmp_path / "configs" / ".a.yaml.swp").write_text("")
    assert digest_of(tmp_path, "configs") == before
    (tmp_path / "configs" / "b.yaml").write_text("")
    assert digest_of(tmp_path, "configs") != before


def test_digests_are_remembered_until_the_file_changes(tmp_path: Path) -> None:
    file = tmp_path / "dag.py"
    file.write_text("one")
    digests = Digests(tmp_path)
    first = digests.of("dag.py")
    assert first == file_digest(file)
    status = file.stat()
    file.write_text("two")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert digests.of("dag.py") == first, "same size, time and inode: not read again"
    digests.forget("dag.py")
    assert digests.of("dag.py") == file_digest(file) != first
    file.unlink()
    assert digests.of("dag.py") == GONE


ANSWERS = st.dictionaries(st.text("a\0\n' ", max_size=4), st.text("a\0\n' ", max_size=4), max_size=3)


@given(ANSWERS, ANSWERS)
def test_only_equal_answers_have_equal_digests(one: dict[str, str], other: dict[str, str]) -> None:
    root = Path("/nonexistent")
    assert (digest_of(root, answers=one) == digest_of(root, answers=other)) is (one == other)


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_imports_are_guessed_without_running_the_file(tmp_path: Path) -> None:
    (tmp_path / "pkg" / "sub").mkdir(parents=True)
    (tmp_path / "pkg" / "__init__.py").write_text("")
    (tmp_path / "pkg" / "sub" / "__init__.py").write_text("from ..other import name\n")
    (tmp_path / "pkg" / "other.py").write_text("import unrelated.thing\nname = 1\n")
    write(
        tmp_path,
        dag="import json\nfrom pkg.sub import leaf\nimport helper as h, missing\nraise SystemExit\n",
        helper="def f():\n    from second import *\n",
        second="import helper\n",
        json="raise RuntimeError('the standard library wins')\n",
    )
    (tmp_path / "pkg" / "sub" / "leaf.py").write_text("from . import twin\n")
    (tmp_path / "pkg" / "sub" / "twin.py").write_text("")
    assert guess_imports(tmp_path, "dag.py") == (
        "helper.py",
        "pkg/__init__.py",
        "pkg/other.py",
        "pkg/sub/__init__.py",
        "pkg/sub/leaf.py",
        "pkg/sub/twin.py",
        "second.py",
    )


def test_a_guess_survives_files_that_are_no_python(tmp_path: Path) -> None:
    (tmp_path / "dag.py").write_bytes(b"\xff\x00 not python (")
    assert guess_imports(tmp_path, "dag.py") == ()
    assert guess_imports(tmp_path, "gone.py") == ()
