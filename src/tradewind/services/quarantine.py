"""Runs and schedules that cannot be decided are left out, so that they do not stop all others.  Used by
`services.scheduler`, asked by `services.runbook`, `services.reports` and `services.calendar`.

Theory. A step that fails is done again from what the database says. When that does not help, and it is not the
database that fails, the cause is a mistake of the engine or odd data, and mostly in one place. So whoever decides
about something says so first (`about...`), and a failure is laid at the door of what was being decided. What failed
`STRIKES` times in a row is left out: it keeps its places and slots, nothing is decided about it, reports about it are
kept. It is tried again after a while, longer each time, when somebody changes it, and soon after something happened
to it. Nothing is forgotten but the waiting time when the leader dies: a new one finds out by itself.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from tradewind.core.view import RunView
from tradewind.errors import StoreError
from tradewind.ports.clock import Clock
from tradewind.ports.executor import Claimed, Finished, Lost
from tradewind.ports.leases import LeadershipLost
from tradewind.ports.undecided import RunRefused, Undecided, UndecidedStore
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

STRIKES = 3
"""So many failures in a row are laid at the door of one run or schedule before it is left out."""
FIRST_WAIT = 5.0
"""Seconds until it is tried again; doubled each time."""
LONGEST_WAIT = 300.0

Suspect = tuple[str, int]
"""(DAG, key of the run); 0: the schedule of the DAG."""
Kept = Finished | Lost


@dataclass(slots=True)
class _Case:
    dag_id: str
    run_pk: int
    run_id: str
    since: datetime
    strikes: int = 0
    tries: int = 0
    out: bool = False
    error: str = ""
    wait: float = FIRST_WAIT
    tried_at: float = 0.0
    retry_at: float = 0.0
    heard: set[str] = field(default_factory=set)
    """Attempts of which something was heard since it is left out."""

    @property
    def name(self) -> str:
        return f"run {self.run_id} of {self.dag_id}" if self.run_pk else f"the schedule of {self.dag_id}"

    def row(self) -> Undecided:
        return Undecided(self.dag_id, self.run_pk, self.run_id, self.since, self.tries, self.error)


class Quarantine:
    """Who failed how often, and what is left out."""

    def __init__(self, store: UndecidedStore, clock: Clock, holder: str) -> None:
        self._store = store
        self._clock = clock
        self._holder = holder
        self._begun = False
        self._fine = True
        self._cases: dict[Suspect, _Case] = {}
        self._deciding: tuple[str, int, str] | None = None
        self._untold: list[tuple[Undecided, bool]] = []
        self._kept: list[tuple[int, Kept]] = []
        self.out: set[int] = set()
        """Keys of the runs that are left out."""
        self.dags_out: set[str] = set()
        """DAGs whose schedule is left out."""

    # --- whom it concerns -------------------------------------------------------------------------------------

    def about(self, run: RunView) -> None:
        """What comes next is about this run."""
        self._deciding = (run.dag_id, run.pk, run.run_id)

    def about_run(self, dag_id: str, run_pk: int, run_id: str) -> None:
        """What comes next is about a run that is not read yet."""
        self._deciding = (dag_id, run_pk, run_id)

    def about_dag(self, dag_id: str) -> None:
        """What comes next is about the schedule of this DAG."""
        self._deciding = (dag_id, 0, "")

    def about_all(self) -> None:
        """What comes next is about nobody in particular."""
        self._deciding = None

    def blame(self, error: Exception, now: datetime) -> bool:
        """A step failed.  True when somebody was left out because of it, so that the others can go on at once."""
        suspect, self._deciding = self._suspect(error), None
        self._fine = False
        if suspect is None:
            return False
        dag_id, run_pk, run_id = suspect
        case = self._cases.get((dag_id, run_pk))
        if case is None:
            case = self._cases[dag_id, run_pk] = _Case(dag_id, run_pk, run_id, now)
        case.strikes += 1
        if case.strikes < STRIKES:
            return False
        self._leave_out(case, error)
        return True

    def _suspect(self, error: Exception) -> tuple[str, int, str] | None:
        if isinstance(error, RunRefused):
            return error.run
        return None if isinstance(error, StoreError | LeadershipLost | OSError) else self._deciding

    def _leave_out(self, case: _Case, error: Exception) -> None:
        text = f"{type(error.__cause__ or error).__name__}: {error}".split("\n", 1)[0][:1000]
        new = text != case.error
        case.out, case.error, case.tries = True, text, case.tries + 1
        case.tried_at = self._clock.monotonic()
        case.retry_at = case.tried_at + case.wait
        # one failure more is enough the next time
        case.strikes = STRIKES - 1
        if new:
            log.error("%s cannot be decided and is left out: %s", case.name, text, exc_info=error)
            emit("scheduler.left_out", dag_id=case.dag_id, run_id=case.run_id, error=text)
        else:
            log.debug("%s still cannot be decided; next try in %g s", case.name, case.wait)
        case.wait = min(2 * case.wait, LONGEST_WAIT)
        (self.out.add(case.run_pk) if case.run_pk else self.dags_out.add(case.dag_id))
        self._untold.append((case.row(), new))

    # --- what goes on -----------------------------------------------------------------------------------------

    def due(self) -> list[Suspect]:
        """What is to be tried again now; it is let in by asking.  One at a time, and only after a step that succeeded:
        however many there are, the others go on in between."""
        waiting = [(case.retry_at, key) for key, case in self._cases.items() if case.out]
        if not waiting or not self._fine or min(waiting)[0] > self._clock.monotonic():
            return []
        key = min(waiting)[1]
        self._let_in(self._cases[key])
        return [key]

    def changed(self, dag_ids: Collection[str], run_pks: Collection[int]) -> list[Suspect]:
        """Somebody changed these DAGs, or these runs: what is left out of them, to be tried at once; it is let in."""
        found = [key for key, case in self._cases.items() if case.out and (key[0] in dag_ids or key[1] in run_pks)]
        for key in found:
            self._let_in(self._cases[key])
            self._cases[key].wait = FIRST_WAIT
        return found

    def _let_in(self, case: _Case) -> None:
        case.out = False
        self.out.discard(case.run_pk)
        if not case.run_pk:
            self.dags_out.discard(case.dag_id)

    def keep(self, run_pk: int, report: Claimed | Kept) -> None:
        """Something happened to a run that is left out: it is soon tried again.  That its attempt ended is kept; a
        claim is not, as what did not begin can begin again."""
        if not isinstance(report, Claimed):
            self._kept.append((run_pk, report))
        attempt_id = report.outcome.attempt_id if isinstance(report, Finished) else report.attempt_id
        for case in self._cases.values():
            if case.run_pk == run_pk and attempt_id not in case.heard:
                case.heard.add(attempt_id)  # one that comes back because the next try failed, too, is no news
                case.retry_at = min(case.retry_at, case.tried_at + FIRST_WAIT)

    def take_kept(self) -> list[Kept]:
        """The reports about runs that are tried again."""
        if not self._kept:
            return []
        found = [report for run_pk, report in self._kept if run_pk not in self.out]
        self._kept = [(run_pk, report) for run_pk, report in self._kept if run_pk in self.out]
        return found

    def over(self, now: datetime) -> None:
        """A step succeeded: what was let in and did not fail is decided again."""
        self._deciding = None
        self._fine = True
        while self._untold:
            self._store.left_out(self._holder, self._untold[0][0], tell=self._untold[0][1])
            del self._untold[0]
        for key in [key for key, case in self._cases.items() if not case.out]:
            case = self._cases[key]
            if case.tries:
                self._store.taken_up(self._holder, case.row(), now)
                log.warning("%s is decided again", case.name)
                emit("scheduler.taken_up", dag_id=case.dag_id, run_id=case.run_id)
            del self._cases[key]

    def begin(self) -> None:
        """This scheduler leads: what an earlier one left out is tried.  Only the first call does something."""
        if not self._begun:
            self._store.forget(self._holder)
            self._begun = True
