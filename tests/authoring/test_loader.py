"""Loading DAG files from disk, again and again, and telling what is wrong with them."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from authoring_kit import Bundle

from tradewind.authoring.compile import compile_dag
from tradewind.authoring.loader import bundle_modules, close_bundle, describe_error, load_file, purge
from tradewind.errors import AirflowDagCycleException, DagAuthoringError, DagNotFound
from tradewind.spec.dag import ImportErrorSpec

SIMPLE = """
    from datetime import datetime
    from tradewind import DAG, EmptyOperator, dag, task
"""


def fail(bundle: Bundle, text: str, name: str = "etl.py") -> ImportErrorSpec:
    """What is shown of a file that fails to load or to compile."""
    path = bundle.write(name, text)
    with pytest.raises(BaseException) as caught:
        for dag in load_file(path, bundle.root).dags.values():
            compile_dag(dag, fileloc=str(path), relative_fileloc=name)
    return describe_error(caught.value, path, name)


def test_all_ways_to_define_a_dag_are_found(bundle: Bundle) -> None:
    found = bundle.load(
        SIMPLE
        + """
    variable = DAG("variable", schedule=None)
    with DAG("context", schedule=None):
        EmptyOperator(task_id="a")

    def factory(name):
        with DAG(name, schedule=None) as made:
            EmptyOperator(task_id="a")

    factory("made_in_function")

    @dag(schedule=None)
    def decorated():
        EmptyOperator(task_id="a")

    decorated()
    never_called = dag(schedule=None)(lambda: None)
    DAG("lost", schedule=None)
    with DAG("hidden", schedule=None, auto_register=False):
        pass
    """
    )
    assert list(found.dags) == ["variable", "context", "made_in_function", "decorated"]
    assert {dag.fileloc for dag in found.dags.values()} == {str(bundle.root / "etl.py")}
    with pytest.raises(DagNotFound, match="defines no DAG 'lost'; it defines 'variable'"):
        found.find("lost")


def test_loading_again_gives_fresh_objects(bundle: Bundle) -> None:
    text = SIMPLE + 'd = DAG("{}", schedule=None)'.replace("d = ", "    d = ")
    first = bundle.load(text.format("one"))
    second = bundle.load(text.format("one"))
    third = bundle.load(text.format("two"))
    assert first.dags["one"] is not second.dags["one"] and first.module is not second.module
    assert list(third.dags) == ["two"]
    assert not list(bundle.root.rglob("__pycache__"))


def test_bundle_modules_are_imported_and_purged(bundle: Bundle) -> None:
    bundle.write("company/__init__.py", "")
    bundle.write("company/names.py", 'NAME = "first"')
    text = SIMPLE + "    from company.names import NAME\n    d = DAG(NAME, schedule=None)\n"
    assert list(bundle.load(text).dags) == ["first"]
    # the same second and the same size: bytecode could not tell
    bundle.write("company/names.py", 'NAME = "third"')
    assert list(bundle.load(text).dags) == ["first"]
    assert bundle_modules(bundle.root)["company.names"] == str(bundle.root / "company/names.py")
    assert {"company", "company.names"} <= set(purge(bundle.root))
    assert list(bundle.load(text).dags) == ["third"]
    close_bundle(bundle.root)
    assert str(bundle.root) not in sys.path and "company" not in sys.modules


def test_files_of_the_same_name_do_not_meet(bundle: Bundle) -> None:
    bundle.write("a/etl.py", SIMPLE + '    d = DAG("a", schedule=None)')
    bundle.write("b/etl.py", SIMPLE + '    d = DAG("b", schedule=None)')
    assert list(load_file(bundle.root / "a/etl.py", bundle.root).dags) == ["a"]
    assert list(load_file(bundle.root / "b/etl.py", bundle.root).dags) == ["b"]


def test_an_imported_dag_stays_with_its_file(bundle: Bundle) -> None:
    bundle.write("other.py", SIMPLE + '    with DAG("theirs", schedule=None) as theirs: EmptyOperator(task_id="a")')
    bundle.write("library.py", SIMPLE + "    def make(name):\n        return DAG(name, schedule=None)")
    found = bundle.load("from other import theirs\nfrom library import make\nmine = make('mine')\n")
    assert list(found.dags) == ["mine"] and list(found.borrowed) == ["theirs"]
    assert found.find("theirs").place.module_file == str(bundle.root / "other.py")
    assert found.dags["mine"].fileloc == str(bundle.root / "etl.py")


def test_a_dag_of_a_helper_belongs_to_the_file_that_adds_its_tasks(bundle: Bundle) -> None:
    bundle.write("base.py", "from tradewind import DAG\nbase = DAG('base', schedule=None)\n")
    found = bundle.load(
        "from base import base\nfrom tradewind import EmptyOperator\nEmptyOperator(task_id='a', dag=base)\n"
    )
    assert list(found.dags) == ["base"] and not found.borrowed


def test_a_dag_file_can_test_itself(bundle: Bundle) -> None:
    path = bundle.write(
        "self_test.py",
        """
        from tradewind import DAG, task

        with DAG("mine", schedule=None) as dag:

            @task
            def one():
                return 1

            @task
            def two(x):
                print("got", x + 1)

            two(one())

        if __name__ == "__main__":
            dag.test()
        """,
    )
    done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "got 2" in done.stdout


def test_a_failed_load_leaves_nothing_open(bundle: Bundle) -> None:
    from tradewind.authoring import scope

    fail(bundle, SIMPLE + '    with DAG("d", schedule=None):\n        1 / 0\n')
    assert scope.current_dag() is None
    assert not [name for name in sys.modules if name.endswith("_etl")]
    assert list(bundle.load(SIMPLE + '    d = DAG("ok", schedule=None)').dags) == ["ok"]


def test_duplicate_dag_ids(bundle: Bundle) -> None:
    shown = fail(
        bundle,
        SIMPLE
        + """
    with DAG("same", schedule=None):
        pass
    with DAG("same", schedule=None):
        pass
    """,
    )
    assert (
        shown.message
        == "etl.py defines the DAG 'same' twice, in line 4 and in line 6; fix: give one of them another dag_id"
    )
    assert shown.line == 6


# --- what is shown -----------------------------------------------------------------------------------------------


def test_syntax_error(bundle: Bundle) -> None:
    shown = fail(bundle, "x = 1\ndef f(:\n    pass\n")
    assert (shown.line, shown.message) == (2, "SyntaxError: invalid syntax: def f(:")
    assert shown.relative_fileloc == "etl.py" and shown.fileloc == str(bundle.root / "etl.py")
    assert "etl.py" in shown.traceback and "tradewind" not in shown.traceback


@pytest.mark.parametrize(
    ("module", "fix"),
    [
        ("no_such_module", "pip install no-such-module"),
        ("sklearn.svm", "pip install scikit-learn"),
        ("MySQLdb", "pip install mysqlclient"),
    ],
)
def test_missing_module(bundle: Bundle, module: str, fix: str) -> None:
    shown = fail(bundle, f"import os\nimport {module}\n")
    assert shown.line == 2
    assert shown.message.startswith(f"ModuleNotFoundError: No module named '{module.split('.')[0]}'")
    assert fix in shown.message


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("airflow.providers.amazon.aws.hooks.s3", "apache-airflow-providers-amazon"),
        ("airflow.providers.cncf.kubernetes.operators.pod", "apache-airflow-providers-cncf-kubernetes"),
        ("airflow.providers.common.sql.operators.sql", "apache-airflow-providers-common-sql"),
    ],
)
def test_missing_provider(bundle: Bundle, name: str, package: str) -> None:
    error = ModuleNotFoundError(f"No module named {name!r}", name=name)
    assert f"`pip install {package}`" in describe_error(error, bundle.root / "etl.py").message


def test_cycle(bundle: Bundle) -> None:
    shown = fail(
        bundle,
        SIMPLE
        + """
    with DAG("d", schedule=None):
        z, a, b, c = [EmptyOperator(task_id=name) for name in "zabc"]
        z >> a >> b >> c >> a
    """,
    )
    assert "cycle: a -> b -> c -> a" in shown.message and "fix: remove one of these dependencies" in shown.message
    assert shown.line == 5


def test_self_dependency_is_a_cycle(bundle: Bundle) -> None:
    found = bundle.load(
        SIMPLE + '    with DAG("d", schedule=None) as d:\n        a = EmptyOperator(task_id="a")\n        a >> a\n'
    )
    with pytest.raises(AirflowDagCycleException, match="a -> a"):
        compile_dag(found.dags["d"], fileloc="", relative_fileloc="")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            '    EmptyOperator(task_id="a"); EmptyOperator(task_id="a")',
            "has a task or task group with the id 'a' already",
        ),
        ('    EmptyOperator(task_id="a", retrys=2)', "unknown argument 'retrys'; fix: write 'retries'"),
        ('    EmptyOperator(task_id="a b")', "contains ' '"),
        ('    EmptyOperator(task_id="a", retry_delay="x")', "retry_delay must be a timedelta"),
        ('    DAG("x", schedul="@daily")', "unknown argument 'schedul'; fix: write 'schedule'"),
    ],
)
def test_authoring_errors_have_their_line(bundle: Bundle, line: str, message: str) -> None:
    shown = fail(bundle, 'from tradewind import DAG, EmptyOperator\nwith DAG("d", schedule=None):\n' + line + "\n")
    assert shown.line == 3
    assert message in shown.message
    assert "operator_meta.py" not in shown.traceback


def test_bad_cron_has_the_line_of_its_dag(bundle: Bundle) -> None:
    shown = fail(bundle, 'from tradewind import DAG\n\nd = DAG("d", schedule="0 25 * * *")\n')
    assert shown.line == 3
    assert "DAG 'd': the cron expression '0 25 * * *' is not valid" in shown.message


def test_an_error_in_a_helper_names_both_places(bundle: Bundle) -> None:
    bundle.write("helpers/sums.py", "def divide(a):\n    return a / 0\n")
    shown = fail(bundle, "from helpers.sums import divide\n\n\ndivide(1)\n", name="sub/etl.py")
    assert shown.line == 4
    assert shown.message == "ZeroDivisionError: division by zero (in helpers/sums.py, line 2)"
    assert shown.relative_fileloc == "sub/etl.py"
    bundle.write("helpers/broken.py", "x = (\n")
    shown = fail(bundle, "import helpers.broken\n")
    assert shown.line == 1 and "(in helpers/broken.py, line 1)" in shown.message


def test_traceback_keeps_causes_and_cuts_our_frames(bundle: Bundle) -> None:
    shown = fail(
        bundle,
        """
        from tradewind import DAG, EmptyOperator
        try:
            EmptyOperator(task_id="a", retries="x")
        except Exception as error:
            raise RuntimeError("no luck") from error
        """,
    )
    assert "no luck" in shown.traceback and "direct cause" in shown.traceback
    assert shown.traceback.count('File "') == 2
    assert "src/tradewind" not in shown.traceback


def test_exit_and_interrupts_are_described(bundle: Bundle) -> None:
    shown = fail(bundle, "import sys\nsys.exit(3)\n")
    assert (shown.line, shown.message) == (2, "SystemExit: 3")


def test_describe_error_without_a_traceback(tmp_path: Path) -> None:
    shown = describe_error(DagAuthoringError("bad", fix="good"), tmp_path / "x.py")
    assert (shown.line, shown.message, shown.relative_fileloc) == (None, "bad; fix: good", "x.py")


def test_tasks_of_a_loaded_file_know_their_line(bundle: Bundle) -> None:
    found = bundle.load(
        """
        from tradewind import DAG, task

        def helper():
            return step()

        @task
        def step(): pass

        with DAG("d", schedule=None):
            step()
            helper()
        """
    )
    places: list[Any] = [(t.place.file, t.place.line) for t in found.dags["d"].tasks]  # type: ignore[union-attr]
    assert places == [(str(bundle.root / "etl.py"), 10), (str(bundle.root / "etl.py"), 4)]
