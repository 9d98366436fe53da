"""The package `airflow`: every name of the table is Tradewind's own object, and the files agree with the table."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
sys.path.insert(0, str(TOOLS))

import build_compat  # noqa: E402 - found through the line above
import compat_names  # noqa: E402

MODULES = [module for module in build_compat.modules() if module not in compat_names.GONE]
ROWS = [(module, name) for module in MODULES for name in build_compat.rows(module)]
LATER = [(module, name) for module in MODULES for name in build_compat.later(module)]


def python(*arguments: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environ = os.environ | ({"PYTHONPATH": str(path)} if path else {})
    return subprocess.run([sys.executable, *arguments], env=environ, capture_output=True, text=True, check=False)


def test_the_files_are_what_the_table_says() -> None:
    done = python(str(TOOLS / "build_compat.py"), "--check")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("module", MODULES)
def test_every_name_is_the_same_object(module: str) -> None:
    loaded = importlib.import_module(module)
    for name, (home, attribute) in build_compat.rows(module).items():
        own = importlib.import_module(home)
        expected = getattr(own, attribute) if attribute else own
        # a text that a module computes, such as the home folder, is equal and not the same
        assert getattr(loaded, name) is expected or (isinstance(expected, str) and getattr(loaded, name) == expected)
        assert name in dir(loaded)
        assert name in loaded.__all__


@pytest.mark.parametrize("module", sorted({module for module, _ in LATER}))
def test_names_that_are_not_there_say_what_they_need(module: str) -> None:
    for name, reason in build_compat.later(module).items():
        assert name not in build_compat.rows(module)
        with pytest.raises(ImportError) as caught:
            exec(f"from {module} import {name}", {})
        assert str(caught.value) == f"{module}.{name} is not available in Tradewind: {reason}"


@pytest.mark.parametrize("module", sorted(compat_names.GONE))
def test_modules_that_are_gone_say_what_to_use(module: str) -> None:
    with pytest.raises(ImportError, match="does not exist any more"):
        importlib.import_module(module)


def test_unknown_names_are_unknown() -> None:
    for module in ("airflow", "airflow.sdk", "airflow.models", "airflow.operators.python"):
        with pytest.raises(AttributeError, match="no_such_name"):
            _ = importlib.import_module(module).no_such_name
        with pytest.raises(ImportError, match="cannot import name 'no_such_name'"):
            exec(f"from {module} import no_such_name", {})


def test_the_sdk_answers_to_all_of_its_names() -> None:
    """98 names are public in the SDK of Airflow 3.3; each is there or says what it waits for."""
    known = set(build_compat.rows("airflow.sdk")) | set(build_compat.later("airflow.sdk"))
    assert importlib.import_module("airflow.sdk.lineage")
    assert len(known - {"SecretCache"} | {"__version__", "lineage"}) == 98


def test_airflow_dag_is_tradewind_dag() -> None:
    import airflow
    import tradewind
    from airflow.sdk import DAG, dag, task

    assert airflow.DAG is tradewind.DAG is DAG
    assert (dag, task) == (tradewind.dag, tradewind.task)


def test_importing_it_loads_nothing_heavy() -> None:
    code = (
        "import sys, airflow, airflow.sdk, airflow.models\n"
        "print([name for name in ('sqlalchemy', 'fastapi', 'pydantic', 'jinja2', 'pendulum', 'tradewind.authoring') "
        "if name in sys.modules])"
    )
    assert python("-c", code).stdout == "[]\n"


def test_providers_read_the_version() -> None:
    from packaging.version import parse

    import airflow
    from airflow.version import version

    assert airflow.__version__ == version
    assert parse("3.3") <= parse(parse(airflow.__version__).base_version) < parse("3.4")


def provider(root: Path, name: str, text: str) -> None:
    path = root / "airflow" / "providers" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_installed_providers_are_found_and_stay_a_namespace(tmp_path: Path) -> None:
    provider(tmp_path, "http/__init__.py", "from airflow import __version__\n")
    provider(tmp_path, "http/hooks.py", "from airflow.hooks.base import BaseHook\nclass HttpHook(BaseHook): ...\n")
    code = (
        "import airflow.providers\nfrom airflow.providers.http.hooks import HttpHook\n"
        "from airflow.providers.standard.operators.python import PythonOperator\n"
        "import tradewind\nassert PythonOperator is tradewind.PythonOperator\n"
        "print(HttpHook.__mro__[1] is tradewind.BaseHook, getattr(airflow.providers, '__file__', None))"
    )
    done = python("-c", code, path=tmp_path)
    assert done.stdout == "True None\n", done.stderr


def test_the_own_standard_comes_before_an_installed_one_which_adds_to_it(tmp_path: Path) -> None:
    provider(tmp_path, "standard/__init__.py", "")
    provider(tmp_path, "standard/operators/__init__.py", "")
    provider(tmp_path, "standard/operators/python.py", "class PythonOperator: ...\n")
    provider(tmp_path, "standard/operators/newest.py", "from .python import PythonOperator\n")
    provider(tmp_path, "standard/utils/__init__.py", "")
    provider(tmp_path, "standard/utils/fresh.py", "X = 1\n")
    code = (
        "import tradewind\n"
        "from airflow.providers.standard.operators.newest import PythonOperator\n"
        "from airflow.providers.standard.utils.fresh import X\n"
        "from airflow.providers.standard.utils.weekday import WeekDay\n"
        "print(PythonOperator is tradewind.PythonOperator, X)\n"
    )
    done = python("-c", code, path=tmp_path)
    assert done.stdout == "True 1\n", done.stderr


def test_an_installed_provider_comes_before_the_substitute(tmp_path: Path) -> None:
    code = (
        "from airflow.providers.common.compat.sdk import BaseHook, timezone\n"
        "import airflow.providers.common.sql\nprint(BaseHook.__module__)\n"
    )
    provider(tmp_path, "common/sql/__init__.py", "")
    done = python("-c", code, path=tmp_path)
    assert done.stdout == "tradewind.authoring.hooks\n", done.stderr
    provider(tmp_path, "common/compat/__init__.py", "")
    provider(tmp_path, "common/compat/sdk.py", "class BaseHook: ...\ntimezone = None\n")
    done = python("-c", code, path=tmp_path)
    assert done.stdout == "airflow.providers.common.compat.sdk\n", done.stderr


def test_what_an_installed_provider_declares(tmp_path: Path) -> None:
    provider(
        tmp_path,
        "shop/__init__.py",
        """
from airflow.providers.common.compat.sdk import BaseOperator
from airflow.sdk.bases.decorator import DecoratedOperator, task_decorator_factory
from airflow.sdk.definitions._internal.types import SET_DURING_EXECUTION

class ShopOperator(BaseOperator):
    template_fields = ("order",)
    def __init__(self, *, order, **kwargs):
        super().__init__(**kwargs)
        self.order = order
    def execute(self, context):
        print("ordered", self.order)

class _Decorated(DecoratedOperator, ShopOperator):
    custom_operator_name = "@task.shop"
    template_fields = (*DecoratedOperator.template_fields, *ShopOperator.template_fields)
    def __init__(self, *, python_callable, op_args=None, op_kwargs=None, **kwargs):
        super().__init__(
            python_callable=python_callable, op_args=op_args, op_kwargs=op_kwargs, order=SET_DURING_EXECUTION, **kwargs
        )
    def execute(self, context):
        self.order = self.python_callable(*self.op_args, **self.op_kwargs)
        self.render_template_fields(context)
        return super().execute(context)

def shop_task(python_callable=None, **kwargs):
    return task_decorator_factory(python_callable=python_callable, decorated_operator_class=_Decorated, **kwargs)

def info():
    return {
        "package-name": "apache-airflow-providers-shop",
        "task-decorators": [{"name": "shop", "class-name": "airflow.providers.shop.shop_task"}],
        "dialects": [{"dialect-type": "shopql", "dialect-class-name": "airflow.providers.shop.Dialect"}],
        "connection-types": [{"connection-type": "shop", "hook-class-name": "airflow.providers.shop.Hook"}],
        "queues": ["airflow.providers.shop.ShopOperator", "airflow.providers.shop_that_is_missing.Queue"],
        "config": {"shop": {"options": {"currency": {"default": "EUR"}, "till": {"default": None}}}},
    }
""",
    )
    about = tmp_path / "apache_airflow_providers_shop-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: apache-airflow-providers-shop\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[apache_airflow_provider]\nprovider_info = airflow.providers.shop:info\n")
    (tmp_path / "shop_dag.py").write_text("""
from airflow.configuration import conf
from airflow.providers_manager import ProvidersManager
from airflow.sdk import DAG, task

with DAG("shopping") as dag:
    @task.shop(retries=2)
    def tea(what):
        return what + " for {{ dag.dag_id }}"
    @task.shop
    def milk():
        return "milk"
    tea("tea") >> milk()

manager = ProvidersManager()
manager.initialize_providers_queues()
package = manager.hooks["shop"].package_name
print(package, manager.providers[package].version, manager.queue_class_names)
print(conf.get("shop", "currency"), conf.get("shop", "till", fallback=None))
print(ProvidersManager().dialects["shopql"].dialect_class_name, dag.get_task("tea").retries)
print(dag.test().state)
""")
    done = python(str(tmp_path / "shop_dag.py"), path=tmp_path)
    lines = done.stdout.splitlines()
    assert lines[:3] == [
        "apache-airflow-providers-shop 1.0 ['airflow.providers.shop.ShopOperator']",
        "EUR None",
        "airflow.providers.shop.Dialect 2",
    ], done.stderr
    assert {"ordered tea for shopping", "ordered milk"} <= set(lines), done.stdout + done.stderr
    assert lines[-1] == "success"


def test_another_package_named_airflow_is_not_mixed_in(tmp_path: Path) -> None:
    (tmp_path / "later" / "airflow").mkdir(parents=True)
    (tmp_path / "later" / "airflow" / "__init__.py").write_text("")
    (tmp_path / "later" / "airflow" / "stranger.py").write_text("")
    code = f"import sys; sys.path.append({str(tmp_path / 'later')!r}); import airflow.stranger"
    assert "No module named 'airflow.stranger'" in python("-c", code).stderr


@pytest.mark.parametrize(
    "name", ["apache_airflow_core-3.3.2", "apache_airflow_task_sdk-1.3.2", "apache_airflow-2.11.2"]
)
def test_a_real_airflow_in_the_same_environment_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.dist-info").mkdir()
    done = python("-c", "import airflow", path=tmp_path)
    assert f"{name.partition('-')[0].replace('_', '-')} is installed in {tmp_path}" in done.stderr
    assert "fix: pip uninstall" in done.stderr


def test_the_placeholder_that_keeps_pip_quiet_is_not_refused(tmp_path: Path) -> None:
    (tmp_path / "apache_airflow-3.3.2+tradewind.dist-info").mkdir()
    assert python("-c", "import airflow", path=tmp_path).returncode == 0
