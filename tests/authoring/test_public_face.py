"""`import tradewind`: every name is there, and none costs more than it needs."""

import json
import subprocess
import sys

import pytest

import tradewind

HEAVY = ("sqlalchemy", "fastapi", "pydantic", "pendulum", "jinja2", "msgspec", "croniter", "jsonschema", "asyncio")


def modules_after(code: str) -> set[str]:
    """Modules loaded by a fresh interpreter that runs `code`."""
    report = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-I", "-c", report], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_import_loads_nothing_of_ours() -> None:
    loaded = modules_after("import tradewind")
    assert not {name for name in loaded if name.startswith("tradewind.")}
    assert not loaded.intersection(HEAVY)


@pytest.mark.parametrize(
    "code",
    [
        "from tradewind import DAG, task, PythonOperator",
        "from tradewind import DAG, EmptyOperator\nwith DAG('d', schedule='@daily', start_date='2024-01-01'):\n"
        "    EmptyOperator(task_id='a') >> EmptyOperator(task_id='b')",
        "from tradewind import Variable, Connection, BaseHook, Asset, Param, TriggerRule, literal",
    ],
)
def test_defining_a_dag_loads_no_framework(code: str) -> None:
    assert not modules_after(code).intersection(HEAVY)


def test_every_public_name_exists() -> None:
    assert tradewind.__all__ == ["__version__", *sorted(tradewind.__all__[1:])]
    assert len(set(tradewind.__all__)) == len(tradewind.__all__)
    for name in tradewind.__all__:
        assert getattr(tradewind, name) is not None
    assert set(tradewind.__all__) <= set(dir(tradewind))
    with pytest.raises(AttributeError, match="no attribute 'Dagg'"):
        tradewind.Dagg  # noqa: B018


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert tradewind.__version__ == version("tradewind")
