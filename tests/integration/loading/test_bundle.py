"""Which files a folder bundle lists: ignore files, safe mode, links, archives, unreadable folders."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tradewind.errors import InvalidError
from tradewind.loading.bundle import BundleUnavailable, FolderBundle, mentions_dag
from tradewind.loading.ignore import is_ignored, parse_rule

DAG_TEXT = "from airflow import DAG\n"


def write(root: Path, *names: str, text: str = DAG_TEXT) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_lists_python_files_below_the_folder_sorted(tmp_path: Path) -> None:
    write(tmp_path, "b.py", "a.py", "team/c.py", "team/deep/d.py", "notes.txt")
    assert FolderBundle("dags", tmp_path).list_files() == ["a.py", "b.py", "team/c.py", "team/deep/d.py"]


def test_hidden_files_and_bytecode_folders_are_skipped(tmp_path: Path) -> None:
    write(tmp_path, ".hidden.py", ".git/hooks/dag.py", "__pycache__/x.py", "seen.py")
    assert FolderBundle("dags", tmp_path).list_files() == ["seen.py"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from airflow import DAG", True),
        ("FROM AIRFLOW IMPORT dag", True),
        ("from tradewind import dag", True),
        ("@asset\ndef x(): ...  # a dag of one", True),
        ("from airflow.sdk import asset", True),
        ("import airflow", False),
        ("dag = 1", False),
        ("", False),
    ],
)
def test_safe_mode_wants_a_dag_and_airflow(text: str, expected: bool, tmp_path: Path) -> None:
    assert mentions_dag(text.encode()) is expected
    write(tmp_path, "x.py", text=text)
    assert FolderBundle("dags", tmp_path).list_files() == (["x.py"] if expected else [])
    assert FolderBundle("dags", tmp_path, safe_mode=False).list_files() == ["x.py"]


def test_safe_mode_sees_an_edit(tmp_path: Path) -> None:
    bundle = FolderBundle("dags", tmp_path)
    write(tmp_path, "x.py", text="nothing of interest")
    assert bundle.list_files() == []
    write(tmp_path, "x.py")
    assert bundle.list_files() == ["x.py"]


PATHS = [
    "a.py",
    "b.py",
    "test_a.py",
    "team/a.py",
    "team/test_b.py",
    "team/deep/a.py",
    "team/deep/x y.py",
    "other/team/a.py",
    "other/a1.py",
    "other/a2.py",
    "other/[z].py",
    "foo#bar.py",
]
PATTERNS = [
    "a.py",
    "/a.py",
    "team",
    "team/",
    "/team/",
    "team/a.py",
    "team/*",
    "team/**",
    "team/**/a.py",
    "**/a.py",
    "**/deep",
    "**/deep/**",
    "*.py",
    "test_*",
    "a?.py",
    "a[12].py",
    "a[!1].py",
    "a[1-1].py",
    r"\[z\].py",
    "[z.py",
    "other/**/team",
    "x*y.py",
    "*/a.py",
    "*/*/a.py",
    "deep/a.py",
    "*",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_glob_patterns_mean_what_git_says_they_mean(pattern: str, tmp_path: Path) -> None:
    write(tmp_path, *PATHS)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text(pattern + "\n")
    (tmp_path / ".airflowignore").write_text(pattern + "\n")
    asked = subprocess.run(
        ["git", "-C", str(tmp_path), "check-ignore", "--no-index", "-z", "--stdin"],
        input="\0".join(PATHS),
        capture_output=True,
        text=True,
        check=False,
    )
    ignored = set(asked.stdout.split("\0")) - {""}
    assert set(FolderBundle("dags", tmp_path).list_files()) == set(PATHS) - ignored


def test_ignore_files_hold_for_their_folder_and_may_take_back(tmp_path: Path) -> None:
    write(tmp_path, "a.py", "skip.py", "team/skip.py", "team/keep.py", "team/only_here.py", "only_here.py")
    (tmp_path / ".airflowignore").write_text("# comments\n\nskip.py  # and trailing ones\n")
    (tmp_path / "team" / ".airflowignore").write_text("!skip.py\nonly_here.py\n")
    assert FolderBundle("dags", tmp_path).list_files() == [
        "a.py",
        "only_here.py",
        "team/keep.py",
        "team/skip.py",
    ]


def test_regexp_syntax_searches_in_the_path_from_the_root(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.py",
        "project_a/dag.py",
        "tenant_1/dag.py",
        "x/tenant_2.py",
        "x/other.py",
        "x/y/tenant_9/a.py",
    )
    (tmp_path / ".airflowignore").write_text("project_a\ntenant_[\\d]\n")
    bundle = FolderBundle("dags", tmp_path, ignore_syntax="regexp")
    assert bundle.list_files() == ["a.py", "x/other.py"]


def test_regexp_rules_of_a_folder_hold_below_it_only(tmp_path: Path) -> None:
    write(tmp_path, "old.py", "team/old.py", "team/new.py")
    (tmp_path / "team" / ".airflowignore").write_text("^team/old")
    assert FolderBundle("dags", tmp_path, ignore_syntax="regexp").list_files() == ["old.py", "team/new.py"]


def test_a_bad_pattern_is_told_with_file_line_and_fix(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, "a.py")
    (tmp_path / ".airflowignore").write_text("fine\nbroken(\n")
    bundle = FolderBundle("dags", tmp_path, ignore_syntax="regexp")
    assert bundle.list_files() == ["a.py"]
    assert bundle.list_files() == ["a.py"]
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 1, "a sweep every few seconds must not repeat it"
    assert str(tmp_path / ".airflowignore") in told[0]
    assert "line 2" in told[0]
    assert "'broken('" in told[0]
    assert "fix:" in told[0]


def test_the_last_matching_rule_decides() -> None:
    rules = [parse_rule(text, "", "glob") for text in ("*.py", "!keep/*.py", "keep/not.py")]
    assert is_ignored(rules, "a.py", is_folder=False)
    assert not is_ignored(rules, "keep/a.py", is_folder=False)
    assert is_ignored(rules, "keep/not.py", is_folder=False)


def test_links_inside_are_followed_once_and_loops_end(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, "real/a.py", "real/deep/b.py")
    (tmp_path / "again").symlink_to(tmp_path / "real")
    (tmp_path / "real" / "loop").symlink_to(tmp_path)
    (tmp_path / "a_link.py").symlink_to(tmp_path / "real" / "a.py")
    (tmp_path / "broken.py").symlink_to(tmp_path / "missing.py")
    assert FolderBundle("dags", tmp_path).list_files() == ["real/a.py", "real/deep/b.py"]
    assert any("leads back" in record.getMessage() for record in caplog.records)


def test_a_mounted_config_map_is_listed_by_its_links(tmp_path: Path) -> None:
    """The files of such a volume are links into a hidden folder, which is swapped as a whole."""
    write(tmp_path, "..2026_01/dag.py")
    (tmp_path / "..data").symlink_to("..2026_01")
    (tmp_path / "dag.py").symlink_to("..data/dag.py")
    assert FolderBundle("dags", tmp_path).list_files() == ["dag.py"]


def test_links_out_of_the_folder_are_skipped(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, "outside/secret.py", "dags/a.py")
    (tmp_path / "dags" / "out").symlink_to(tmp_path / "outside")
    (tmp_path / "dags" / "out.py").symlink_to(tmp_path / "outside" / "secret.py")
    assert FolderBundle("dags", tmp_path / "dags").list_files() == ["a.py"]
    assert sum("leads out of the DAG folder" in record.getMessage() for record in caplog.records) == 2


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path, "release-1/a.py", "release-2/b.py")
    current = tmp_path / "current"
    current.symlink_to("release-1")
    bundle = FolderBundle("dags", current)
    assert bundle.list_files() == ["a.py"]
    assert bundle.relative(tmp_path / "release-1" / "a.py") == "a.py"
    assert bundle.relative(current / "a.py") == "a.py"
    current.unlink()
    current.symlink_to("release-2")
    assert bundle.list_files() == ["b.py"]


def test_a_missing_folder_is_said_with_the_fix(tmp_path: Path) -> None:
    with pytest.raises(BundleUnavailable, match="No such file or directory") as caught:
        FolderBundle("dags", tmp_path / "nowhere").list_files()
    assert "mkdir -p" in str(caught.value)


@pytest.mark.parametrize("relative", ["../x.py", "/etc/passwd", "a/../../x.py", "a//b.py", ""])
def test_paths_cannot_leave_the_bundle(relative: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="not a path inside the bundle"):
        FolderBundle("dags", tmp_path).absolute(relative)


def test_a_name_that_is_no_text_is_skipped(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, "a.py", "Straße nach Köln.py")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.py")).write_text(DAG_TEXT)
    assert FolderBundle("dags", tmp_path).list_files() == ["Straße nach Köln.py", "a.py"]
    assert any("not printable text" in record.getMessage() for record in caplog.records)
