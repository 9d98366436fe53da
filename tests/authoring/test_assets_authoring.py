"""Assets as authors write them: names, URIs, conditions, references, mappers, `@asset`, and what is refused."""

from __future__ import annotations

import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from authoring_kit import spec_of

from tradewind.authoring import partitions as p
from tradewind.authoring.asset_decorator import asset
from tradewind.authoring.asset_schedules import PartitionedAssetTimetable, PartitionedAtRuntime
from tradewind.authoring.assets import Asset, AssetAlias, AssetAll, AssetAny, AssetWatcher, Metadata, Model
from tradewind.authoring.dag import DAG
from tradewind.authoring.decorators import task
from tradewind.authoring.operators.empty import EmptyOperator
from tradewind.authoring.params import Param
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError
from tradewind.authoring.scope import collecting
from tradewind.errors import DagAuthoringError
from tradewind.runtime.asset_events import OutletEvents, without_metadata
from tradewind.spec.assets import AssetUse, Condition, MapperSpec


@pytest.mark.parametrize(
    ("uri", "stored"),
    [
        ("s3://bucket/key/", "s3://bucket/key"),
        ("S3://bucket", "s3://bucket/"),
        ("file:///lake/a.csv#part", "file:///lake/a.csv"),
        ("https://x/y?b=2&a=1", "https://x/y?a=1&b=2"),
        ("x-mine://Any Thing/", "x-mine://Any Thing/"),
        ("just a name", "just a name"),
        ("postgres", "postgres"),
    ],
)
def test_uris_are_written_in_one_way(uri: str, stored: str) -> None:
    assert Asset("n", uri).uri == stored
    assert Asset(uri).name == uri, "the name stays as it was written"


def test_credentials_are_left_out_with_a_warning() -> None:
    with pytest.warns(UserWarning, match="password"):
        assert Asset("n", "https://me:secret@host/x").uri == "https://host/x"


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: Asset(), "needs a name or a uri"),
        (lambda: Asset(" "), "blank"),
        (lambda: Asset(""), "blank"),
        (lambda: Asset("x" * 1501), "1501 characters"),
        (lambda: Asset("self"), "cannot be named 'self'"),
        (lambda: Asset("n", "airflow://x"), "reserved"),
        (lambda: Asset("n", "https://[half"), "cannot be read"),
        (lambda: Asset(3), "must be a text"),  # type: ignore[arg-type]
        (lambda: Asset.ref(), "a name or a uri"),
        (lambda: Asset.ref(name="a", uri="b"), "a name or a uri"),
        (lambda: AssetAll("a"), "is not an asset"),  # type: ignore[arg-type]
        (lambda: AssetAlias(""), "blank"),
        (lambda: AssetWatcher("w", object()), "not an event trigger"),
    ],
)
def test_bad_assets_are_refused_with_the_fix(make: Any, text: str) -> None:
    with pytest.raises(DagAuthoringError, match=text) as error:
        make()
    assert isinstance(error.value, ValueError | TypeError) and error.value.fix


def test_assets_are_paths_and_equal_by_what_they_are() -> None:
    assert Path(Asset("n", "file:///x")) == Path("file:///x")
    assert Asset("a") == Asset("a") != Asset("a", group="g")
    assert {Asset("a"): 1}[Asset("a")] == 1
    assert Model("m").group == "model"
    assert (Asset("a", uri=Path("/lake/x"))).uri == "/lake/x"


def test_conditions_become_data() -> None:
    a, b, c = Asset("a"), Asset("b"), AssetAlias("c")
    spec = spec_of(DAG("d", schedule=(a | b) & c & Asset.ref(name="e")))
    assert spec.asset_schedule is not None

    def leaf(name: str, kind: Any = "asset") -> Condition:
        return Condition(use=AssetUse(kind=kind, name=name, uri=name if kind == "asset" else ""))

    either = Condition(op="any", parts=(leaf("a"), leaf("b")))
    assert spec.asset_schedule.condition == Condition(op="all", parts=(either, leaf("c", "alias"), leaf("e", "name")))
    assert [item.name for item in spec.assets] == ["a", "b"]
    assert [item.name for item in spec.aliases] == ["c"]
    assert repr(a | b | Asset("c")).count("AssetAny") == 1
    assert isinstance(a | b, AssetAny)
    with pytest.raises(TypeError):
        a | "b"  # type: ignore[operator]


def test_inlets_and_outlets_become_data_and_an_outlet_needs_a_worker() -> None:
    with DAG("d", schedule=None) as dag:
        EmptyOperator(task_id="t", inlets=Asset("i"), outlets=[Asset("o", extra={"k": [1]}), AssetAlias("al"), "table"])
    spec = spec_of(dag)
    assert spec.tasks[0].inlets == (AssetUse(name="i", uri="i"),)
    assert spec.tasks[0].outlets == (AssetUse(name="o", uri="o"), AssetUse(kind="alias", name="al"))
    assert not spec.tasks[0].does_nothing
    assert {item.name: item.extra for item in spec.assets} == {"i": {}, "o": {"k": [1]}}


@pytest.mark.parametrize(
    ("assets", "text"),
    [
        ([Asset("a", "s3://x/1"), Asset("a", "s3://x/2")], "two assets with the name 'a'"),
        ([Asset("a", "s3://x/1"), Asset("b", "s3://x/1")], "two assets with the URI 's3://x/1'"),
        ([Asset("a", extra={"k": object()})], "cannot be written as JSON"),
    ],
)
def test_contradictions_in_a_dag_are_errors(assets: list[Asset], text: str) -> None:
    with DAG("d", schedule=None) as dag:
        EmptyOperator(task_id="t", outlets=assets)
    with pytest.raises(DagAuthoringError, match=text):
        spec_of(dag)


# --- partitions -----------------------------------------------------------------------------------------------


def test_partitioned_schedules_become_data() -> None:
    hourly, regions = Asset("hourly"), Asset("regions")
    rollup = p.RollupMapper(upstream_mapper=p.StartOfDayMapper(timezone="Asia/Tokyo"), window=p.DayWindow())
    timetable = PartitionedAssetTimetable(
        assets=hourly & regions,
        partition_mapper_config={hourly: rollup},
        default_partition_mapper=p.AllowedKeyMapper(["eu"], max_downstream_keys=3),
    )
    spec = spec_of(DAG("d", schedule=timetable))
    assert spec.timetable.partitioned and spec.timetable.summary == "Partitioned Asset"
    assert spec.asset_schedule is not None and spec.asset_schedule.partitioned
    assert spec.asset_schedule.default_mapper == MapperSpec(kind="allowed", keys=("eu",), max_downstream_keys=3)
    [entry] = spec.asset_schedule.mappers
    assert (entry.use.name, entry.mapper.kind, entry.mapper.parts[0].timezone) == ("hourly", "rollup", "Asia/Tokyo")
    assert spec_of(DAG("e", schedule=PartitionedAtRuntime())).timetable.partitioned


class Own(p.PartitionMapper):
    def to_downstream(self, key: str) -> str:
        return key


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (lambda: p.MinimumCount(0), "would not wait"),
        (lambda: p.SegmentWindow([]), "needs segments"),
        (lambda: p.DayWindow(direction="up"), "not a direction"),
        (lambda: p.RollupMapper(upstream_mapper=p.IdentityMapper(), window=p.DayWindow()), "counts times"),
        (lambda: p.FanOutMapper(upstream_mapper=p.StartOfHourMapper(), window=p.HourWindow()), "how to write the keys"),
        (lambda: p.StartOfDayMapper(output_format="%Y%Y").spec(), "names a part twice"),
        (lambda: p.ProductMapper(p.IdentityMapper(), p.IdentityMapper(), delimiter=""), "delimiter"),
        (lambda: p.ChainMapper(p.IdentityMapper(), 3), "needs a partition mapper"),  # type: ignore[arg-type]
        (lambda: p.IdentityMapper(max_downstream_keys=0), "not a number of keys"),
        (lambda: PartitionedAssetTimetable(assets=Asset("a"), default_partition_mapper=3), "not a partition mapper"),
    ],
)
def test_bad_mappers_are_refused_with_the_fix(make: Any, text: str) -> None:
    with pytest.raises(DagAuthoringError, match=text) as error:
        make()
    assert error.value.fix


# --- @asset ---------------------------------------------------------------------------------------------------


def made_here(self: Any, raw: Any, context: Any, mode: str = "full") -> None: ...


def test_asset_functions_say_what_they_use_and_make() -> None:
    with collecting() as found:
        made = asset(schedule="@daily", uri="s3://lake/made", tags=["sales"])(made_here)
    assert (made.name, made.uri) == ("made_here", "s3://lake/made")
    [dag] = found
    spec = spec_of(dag)
    assert spec.tasks[0].inlets == (AssetUse(kind="name", name="raw"),)
    assert spec.tasks[0].outlets == (AssetUse(name="made_here", uri="s3://lake/made"),)
    assert (spec.timetable.kind, spec.catchup, spec.tags) == ("cron_interval", False, ("sales",))


def test_asset_functions_must_be_plain() -> None:
    def inside() -> None: ...

    for function, text in ((inside, "defined inside"), (star, "cannot be filled")):
        with pytest.raises((ArgumentTypeError, ArgumentValueError), match=text):
            asset(schedule=None)(function)
    with pytest.raises(ArgumentValueError, match="makes nothing"):
        asset.multi(schedule=None, outlets=[])(star_less)


def star(*args: Any) -> None: ...


def star_less() -> None: ...


# --- what a task emits ----------------------------------------------------------------------------------------


def test_what_a_task_emits() -> None:
    a, alias, other = Asset("a"), AssetAlias("al"), AssetAlias("am")
    events = OutletEvents([a, alias, other, "table"])
    events[a].extra = {"n": 1}
    events["al"].add(Asset("x", "file:///x"), {"k": 1})
    events[other].add(Asset("x", "file:///x"), {"k": 1})
    events[other].add(Asset("y"))
    found = [(item.name, item.extra, item.aliases) for item in events.emitted()]
    assert found == [("a", {"n": 1}, ()), ("x", {"k": 1}, ("al", "am")), ("y", {}, ("am",))]
    events[a].add_partitions(["k1", "k2"], extra={"m": 2})
    assert [(e.partition_key, e.extra) for e in events.emitted()][:2] == [
        ("k1", {"n": 1, "m": 2}),
        ("k2", {"n": 1, "m": 2}),
    ]
    with pytest.raises(Exception, match="no alias"):
        events[a].add(Asset("z"))
    with pytest.raises(Exception, match="not a partition key"):
        events[a].add_partitions([" "])
    with pytest.raises(KeyError):
        events["unknown"]


def test_metadata_is_taken_out_of_what_a_task_gives() -> None:
    a = Asset("a")
    events = OutletEvents([a])

    def generator() -> Any:
        yield Metadata(a, {"x": 1})
        return 7

    assert without_metadata(generator(), events.note) == 7
    assert without_metadata([Metadata(a, {"y": 2}), 5], events.note) == [5]
    assert without_metadata(Metadata(a, {"z": 3}), events.note) is None
    assert without_metadata({"plain": 1}, events.note) == {"plain": 1}
    assert events[a].extra == {"x": 1, "y": 2, "z": 3}


def test_a_dag_that_assets_start_is_given_no_params() -> None:
    with pytest.raises(DagAuthoringError, match="no default"):
        spec_of(DAG("d", schedule=[Asset("n")], params={"day": Param(type="string")}))


def test_no_warning_without_cause() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Asset("n", "s3://bucket/key")
        with DAG("d", schedule=[Asset("n")], start_date=datetime(2024, 1, 1)):
            task(lambda: 1, task_id="t")()
