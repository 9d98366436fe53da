"""What every store must do for the DAG processor.  Inherit the class and give it a fixture `world`.

The fixture's `World.folder` must be a real, empty folder for the tests of files that define the same DAG.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tradewind.ports.store import Signal
from tradewind.spec.dag import DagWarning
from tradewind.spec.wire import DagSource
from tradewind.testing.contracts.store_values import BUNDLE, NOW, World, dag_spec, import_error, parsed_file


class DagsContract:
    """Versions by meaning; a DAG does not disappear because a parse failed."""

    def import_errors(self, world: World) -> list[tuple[str, str]]:
        """(relative_fileloc, message) of all import errors on record, in order of file and message."""
        raise NotImplementedError

    def test_a_new_dag_is_recorded_paused(self, world: World) -> None:
        world.save(dag_spec())
        dag = world.dag()
        assert (dag.paused, dag.stale) == (True, False)
        assert dag.spec == dag_spec()
        assert dag.source == DagSource(bundle_path=world.folder, relative_fileloc="sales.py", digest="1")
        assert (dag.last_automated, dag.next_run) == (None, None)

    def test_the_file_may_say_whether_a_new_dag_is_paused(self, world: World) -> None:
        world.save(dag_spec("on", is_paused_upon_creation=False), dag_spec("off", is_paused_upon_creation=True))
        assert (world.dag("on").paused, world.dag("off").paused) == (False, True)
        # it counts at the creation only
        world.save(dag_spec("on", is_paused_upon_creation=True), dag_spec("off", is_paused_upon_creation=False))
        assert (world.dag("on").paused, world.dag("off").paused) == (False, True)

    def test_the_same_meaning_is_the_same_version(self, world: World) -> None:
        world.save(dag_spec())
        first = world.dag().version_id
        world.store.scheduler.take_signals()
        world.save(dag_spec())
        assert world.dag().version_id == first
        assert world.store.scheduler.take_signals() == []
        warning = DagWarning(kind="x", message="y")
        world.save(dag_spec(warnings=(warning,), fileloc="/elsewhere/sales.py"), digest="2")
        assert world.dag().version_id == first
        assert world.dag().source.digest == "2"
        # running workers must load the changed file
        assert world.store.scheduler.take_signals() == [Signal("dag", "sales")]

    def test_another_meaning_is_another_version(self, world: World) -> None:
        world.save(dag_spec())
        first = world.dag()
        world.save(dag_spec(catchup=True))
        second = world.dag()
        assert second.version_id != first.version_id
        assert second.spec.catchup
        world.save(dag_spec())
        third = world.dag()
        assert third.version_id not in (first.version_id, second.version_id)
        assert third.spec == first.spec

    def test_a_file_that_fails_keeps_its_dags(self, world: World) -> None:
        world.save(dag_spec())
        before = world.dag()
        world.save(digest="2", errors=[import_error()])
        assert world.dag() == before
        assert self.import_errors(world) == [("sales.py", "name 'x' is not defined")]
        world.save(digest="3", errors=[import_error(message="another")])
        assert self.import_errors(world) == [("sales.py", "another")]
        world.save(dag_spec(), digest="4")
        assert self.import_errors(world) == []
        assert not world.dag().stale

    def test_a_dag_that_is_not_defined_any_more_becomes_stale(self, world: World) -> None:
        world.save(dag_spec(), dag_spec("stock"))
        world.store.scheduler.take_signals()
        world.save(dag_spec())
        assert [dag.dag_id for dag in world.store.scheduler.dags()] == ["sales"]
        assert world.dag("stock").stale
        assert world.store.scheduler.take_signals() == [Signal("dag", "stock")]
        world.save(dag_spec(), dag_spec("stock"))
        assert not world.dag("stock").stale
        assert world.store.scheduler.take_signals() == [Signal("dag", "stock")]

    def test_deleted_files_are_forgotten(self, world: World) -> None:
        world.save(dag_spec())
        world.save(dag_spec("stock"), name="stock.py")
        world.save(name="broken.py", errors=[import_error("broken.py")])
        world.store.scheduler.take_signals()
        world.store.dags.forget_files(BUNDLE, ["sales.py", "broken.py", "never.py"], NOW)
        assert (world.dag("sales").stale, world.dag("stock").stale) == (True, False)
        assert self.import_errors(world) == []
        assert world.store.dags.known_files(BUNDLE) == {"stock.py": "1"}
        assert world.store.scheduler.take_signals() == [Signal("dag", "sales")]

    def test_known_files(self, world: World) -> None:
        world.save(dag_spec(), digest="abc")
        world.save(name="broken.py", errors=[import_error("broken.py")])
        known = world.store.dags.known_files(BUNDLE)
        assert known["sales.py"] == "abc"
        assert set(known) == {"sales.py", "broken.py"}
        assert known["broken.py"] == ""
        world.save(name="sales.py", errors=[import_error("sales.py")], digest="abc")
        assert world.store.dags.known_files(BUNDLE)["sales.py"] == "", "its DAG stays, but it must be tried again"
        assert world.store.dags.known_files("another bundle") == {}

    def test_two_files_with_the_same_dag(self, world: World) -> None:
        Path(world.folder, "sales.py").touch()
        world.save(dag_spec())
        world.save(dag_spec(catchup=True), dag_spec("stock"), name="copy.py")
        assert not world.dag().spec.catchup
        assert world.dag("stock").source.relative_fileloc == "copy.py"
        [(file, message)] = self.import_errors(world)
        assert file == "copy.py"
        assert "/nowhere/sales.py" in message
        assert "/nowhere/copy.py" in message
        # the first file gives the DAG up: the second has it at its next parse
        world.store.dags.forget_files(BUNDLE, ["sales.py"], NOW)
        world.save(dag_spec(catchup=True), dag_spec("stock"), name="copy.py")
        assert world.dag().spec.catchup
        assert not world.dag().stale
        assert self.import_errors(world) == []

    def test_a_renamed_file_takes_its_dags_along(self, world: World) -> None:
        file = Path(world.folder, "sales.py")
        file.touch()
        world.save(dag_spec())
        file.rename(Path(world.folder, "renamed.py"))
        world.save(dag_spec(), name="renamed.py")
        assert self.import_errors(world) == []
        world.store.dags.forget_files(BUNDLE, ["sales.py"], NOW)
        assert not world.dag().stale
        assert world.dag().source.relative_fileloc == "renamed.py"

    def test_tags_and_times_follow_the_file(self, world: World) -> None:
        world.save(dag_spec(tags=("b", "a")))
        world.save(dag_spec(tags=("c",)), digest="2")
        assert world.dag().spec.tags == ("c",)
        later = NOW + timedelta(days=1)
        world.store.dags.save_parsed(BUNDLE, world.folder, parsed_file(dag_spec(), digest="3"), later)
        assert world.dag().source.digest == "3"

    def test_a_file_with_a_thousand_dags(self, world: World) -> None:
        specs = [dag_spec(f"dag_{n:04}", tasks=("only",)) for n in range(1000)]
        world.save(*specs)
        assert len(world.store.scheduler.dags()) == 1000
        world.save(*specs[:400], digest="2")
        assert [dag.dag_id for dag in world.store.scheduler.dags()] == [spec.dag_id for spec in specs[:400]]
