"""Weight strategies: what they are given, what they may say, and how they are found."""

from pathlib import Path
from typing import Any

import pytest
from authoring_kit import Bundle, spec_of

from tradewind import DAG, BashOperator, EmptyOperator
from tradewind.authoring import plugins, weights
from tradewind.authoring.weights import (
    PriorityWeightStrategy,
    _DownstreamPriorityWeightStrategy,
    validate_and_load_priority_weight_strategy,
)
from tradewind.errors import DagAuthoringError
from tradewind.spec.states import WeightRule


class Decreasing(PriorityWeightStrategy):
    def get_weight(self, ti: Any) -> int:
        return max(3 - ti.try_number + 1, 1)


class Times(PriorityWeightStrategy):
    def __init__(self, factor: int) -> None:
        self.factor = factor

    def serialize(self) -> dict[str, Any]:
        return {"factor": self.factor}

    def get_weight(self, ti: Any) -> int:
        return self.factor * ti.task.priority_weight + (ti.map_index == -1)


class LooksAtTheRun(PriorityWeightStrategy):
    def get_weight(self, ti: Any) -> int:
        return 5 if ti.run_id.startswith("manual") else 1


class LooksWhetherThereIsARun(PriorityWeightStrategy):
    def get_weight(self, ti: Any) -> int:
        return 5 if getattr(ti, "dag_run", None) is None else 1


class Moody(PriorityWeightStrategy):
    asked = 0

    def get_weight(self, ti: Any) -> int:
        type(self).asked += 1
        return self.asked


class Wordy(PriorityWeightStrategy):
    def get_weight(self, ti: Any) -> Any:
        return "high"


class Huge(PriorityWeightStrategy):
    def get_weight(self, ti: Any) -> int:
        return 2**40 if ti.try_number == 1 else -(2**40)


class Below(_DownstreamPriorityWeightStrategy):
    def get_weight(self, ti: Any) -> int:
        return 10 * super().get_weight(ti)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Decreasing(), (3, 2, 1)),
        (Decreasing, (3, 2, 1)),
        (f"{__name__}.Decreasing", (3, 2, 1)),
        (Times(4), (9,)),
        (LooksWhetherThereIsARun(), (5,)),
        (Huge(), (2**31 - 1, -(2**31))),
        (Below(), (30,)),
    ],
)
def test_weights_per_try(rule: Any, expected: tuple[int, ...]) -> None:
    with DAG("d", schedule=None) as dag:
        EmptyOperator(task_id="a", retries=4, priority_weight=2, weight_rule=rule) >> EmptyOperator(task_id="b")
    a, b = spec_of(dag).tasks
    assert (a.weights, a.weight_rule, b.weights) == (expected, WeightRule.ABSOLUTE, ())
    assert a.weight_strategy.startswith(f"{__name__}.")


def test_many_retries_ask_no_more_than_a_hundred_times() -> None:
    with DAG("d", schedule=None) as dag:
        EmptyOperator(task_id="a", retries=10**6, weight_rule=Huge())
        EmptyOperator(task_id="none", retries=0, weight_rule=Decreasing())
    a, none = spec_of(dag).tasks
    assert len(a.weights) == 2 and none.weights == (3,)


def test_mapped_tasks() -> None:
    with DAG("d", schedule=None) as dag:
        BashOperator.partial(task_id="a", retries=1, weight_rule=Decreasing()).expand(bash_command=["a", "b"])
    assert spec_of(dag).tasks[0].weights == (3, 2)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (LooksAtTheRun(), "failed for try 1: AttributeError: ti.run_id is not known to a weight strategy"),
        (Moody(), "does not say the same each time"),
        (Wordy(), "returned 'high' for try 1"),
    ],
)
def test_bad_strategies_are_errors_of_the_dag(rule: Any, message: str) -> None:
    with DAG("d", schedule=None) as dag:
        EmptyOperator(task_id="a", weight_rule=rule)
    with pytest.raises(DagAuthoringError, match=message) as caught:
        spec_of(dag)
    assert "task 'a' of DAG 'd'" in str(caught.value) and caught.value.fix
    assert caught.value.__dict__["authoring_place"].file == __file__


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("no.such.Strategy", "'no.such.Strategy' cannot be found"),
        ("tradewind.authoring.weights.rule_of", "is no PriorityWeightStrategy"),
        (Times, "cannot be made without arguments"),
        (7, "must be a word or a PriorityWeightStrategy, not 7"),
    ],
)
def test_bad_arguments(rule: Any, message: str) -> None:
    with DAG("d", schedule=None), pytest.raises(DagAuthoringError, match=message) as caught:
        EmptyOperator(task_id="a", weight_rule=rule)
    assert "task 'a'" in str(caught.value)


def test_equal_strategies() -> None:
    assert Times(2) == Times(2) != Times(3) and len({Times(2), Times(2), Times(3)}) == 2
    assert Times.deserialize({"factor": 3}) == Times(3) and Decreasing() != Times(1)
    assert type(validate_and_load_priority_weight_strategy("downstream")) is _DownstreamPriorityWeightStrategy
    assert validate_and_load_priority_weight_strategy(Times(3)) == Times(3)


def test_a_strategy_of_a_plugin_is_found_by_its_path(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "plugins"
    folder.mkdir()
    (folder / "light-weights.py").write_text(  # no name that `import` would find
        "from airflow.plugins_manager import AirflowPlugin\n"
        "from airflow.task.priority_strategy import PriorityWeightStrategy\n"
        "class Light(PriorityWeightStrategy):\n"
        "    def get_weight(self, ti):\n"
        "        return 10 - ti.try_number\n"
        "class Weights(AirflowPlugin):\n"
        "    name = 'weights'\n"
        "    priority_weight_strategies = [Light]\n"
    )
    monkeypatch.setenv("AIRFLOW__CORE__PLUGINS_FOLDER", str(folder))
    plugins.plugins.cache_clear()
    try:
        (path,) = weights.strategies()
        spec = bundle.compile(
            f"""
            from airflow import DAG
            from airflow.operators.empty import EmptyOperator
            with DAG("d", schedule=None):
                EmptyOperator(task_id="a", retries=1, weight_rule={path!r})
            """
        )
        assert spec.tasks[0].weights == (9, 8) and spec.tasks[0].weight_strategy == path
    finally:
        plugins.plugins.cache_clear()
