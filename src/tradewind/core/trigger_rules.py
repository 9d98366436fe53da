"""The trigger rules: what the direct upstream instances of a task mean for it.  Called by `core.flow` and
`explain`.

Removed upstream instances count as if they had never been there, for every rule: a run must not wait for what
cannot come.  A task without (remaining) upstream instances may run.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from tradewind.core.phrases import Parts, say
from tradewind.core.view import Upstream
from tradewind.spec.states import TriggerRule


class Verdict(Enum):
    """What a rule says at this moment."""

    WAIT = "wait"
    RUN = "run"
    SKIP = "skip"
    FAIL = "fail"
    """The task becomes `upstream_failed`."""


WAIT, RUN, SKIP, FAIL = Verdict.WAIT, Verdict.RUN, Verdict.SKIP, Verdict.FAIL


def _all_success(up: Upstream) -> Verdict:
    if up.failed or up.upstream_failed:
        return FAIL
    if up.skipped:
        return SKIP
    return RUN if up.success == up.expected else WAIT


def _all_failed(up: Upstream) -> Verdict:
    if up.success or up.skipped:
        return SKIP
    return RUN if up.failed + up.upstream_failed == up.expected else WAIT


def _all_done(up: Upstream) -> Verdict:
    return RUN if up.done == up.expected else WAIT


def _all_done_min_one_success(up: Upstream) -> Verdict:
    if up.skipped:
        return SKIP
    if up.done < up.expected:
        return WAIT
    return RUN if up.success else FAIL


def _all_done_setup_success(up: Upstream) -> Verdict:
    if up.done < up.expected:
        return WAIT
    setups = up.setups - up.setup_removed
    if setups and up.setup_skipped >= setups:
        return SKIP
    if setups and not up.setup_success:
        return FAIL
    return RUN


def _one_success(up: Upstream) -> Verdict:
    if up.success:
        return RUN
    if up.done < up.expected:
        return WAIT
    return SKIP if up.skipped == up.expected else FAIL


def _one_failed(up: Upstream) -> Verdict:
    if up.failed or up.upstream_failed:
        return RUN
    return WAIT if up.done < up.expected else SKIP


def _one_done(up: Upstream) -> Verdict:
    if up.success or up.failed:
        return RUN
    return WAIT if up.done < up.expected else SKIP


def _none_failed(up: Upstream) -> Verdict:
    if up.failed or up.upstream_failed:
        return FAIL
    return RUN if up.success + up.skipped == up.expected else WAIT


def _none_failed_min_one_success(up: Upstream) -> Verdict:
    if up.failed or up.upstream_failed:
        return FAIL
    if up.skipped == up.expected:
        return SKIP
    return RUN if up.success + up.skipped == up.expected else WAIT


def _none_skipped(up: Upstream) -> Verdict:
    if up.skipped:
        return SKIP
    return RUN if up.done == up.expected else WAIT


def _all_skipped(up: Upstream) -> Verdict:
    if up.success or up.failed or up.upstream_failed:
        return SKIP
    return RUN if up.skipped == up.expected else WAIT


def _always(up: Upstream) -> Verdict:
    return RUN


_RULES: dict[TriggerRule, Callable[[Upstream], Verdict]] = {
    TriggerRule.ALL_SUCCESS: _all_success,
    TriggerRule.ALL_FAILED: _all_failed,
    TriggerRule.ALL_DONE: _all_done,
    TriggerRule.ALL_DONE_MIN_ONE_SUCCESS: _all_done_min_one_success,
    TriggerRule.ALL_DONE_SETUP_SUCCESS: _all_done_setup_success,
    TriggerRule.ONE_SUCCESS: _one_success,
    TriggerRule.ONE_FAILED: _one_failed,
    TriggerRule.ONE_DONE: _one_done,
    TriggerRule.NONE_FAILED: _none_failed,
    TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS: _none_failed_min_one_success,
    TriggerRule.NONE_SKIPPED: _none_skipped,
    TriggerRule.ALL_SKIPPED: _all_skipped,
    TriggerRule.ALWAYS: _always,
}


def evaluate(rule: TriggerRule, up: Upstream) -> Verdict:
    """What `rule` says of these upstream instances."""
    if up.total == up.removed:
        return RUN
    return _RULES[rule](up)


def setup_constraint(setups: Upstream) -> Verdict:
    """Whether the setups further up allow the task to be looked at: RUN when all of them succeeded."""
    if setups.failed or setups.upstream_failed:
        return FAIL
    if setups.skipped:
        return SKIP
    return RUN if setups.success == setups.expected else WAIT


def describe(rule: TriggerRule, up: Upstream) -> str:
    """One sentence on how the rule stands, with numbers."""
    if not up.total:
        return say("rule.no_upstream")
    parts = tuple(
        say(f"rule.{name}", count=count)
        for count, name in (
            (up.success, "succeeded"),
            (up.skipped, "skipped"),
            (up.failed, "failed"),
            (up.upstream_failed, "upstream_failed"),
            (up.removed, "removed"),
            (up.expected - up.done, "unfinished"),
        )
        if count
    )
    return say("rule.stands", rule=rule.value, total=up.total, parts=Parts(parts))
