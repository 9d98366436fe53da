"""What every store must do for leadership and liveness.  Inherit the class and give it a fixture `world`."""

from __future__ import annotations

from datetime import timedelta

from tradewind.testing.contracts.store_values import LEADER, NOW, RIVAL, TTL, World, new_id

SECOND = timedelta(seconds=1)


class LeasesContract:
    """One holder at a time; the dead are known."""

    def test_a_lease_has_one_holder_until_it_expires(self, world: World) -> None:
        leases = world.store.leases
        assert not leases.acquire("scheduler", RIVAL, NOW + TTL - SECOND, TTL)
        assert leases.acquire("scheduler", LEADER, NOW + SECOND, TTL)
        assert not leases.acquire("scheduler", RIVAL, NOW + TTL, TTL)
        assert leases.acquire("scheduler", RIVAL, NOW + TTL + SECOND, TTL)
        assert not leases.acquire("scheduler", LEADER, NOW + TTL + SECOND, TTL)

    def test_a_released_lease_is_free_and_only_its_holder_releases_it(self, world: World) -> None:
        leases = world.store.leases
        leases.release("scheduler", RIVAL)
        assert not leases.acquire("scheduler", RIVAL, NOW, TTL)
        leases.release("scheduler", LEADER)
        assert leases.acquire("scheduler", RIVAL, NOW, TTL)

    def test_leases_of_other_names_are_apart(self, world: World) -> None:
        assert world.store.leases.acquire("janitor", RIVAL, NOW, TTL)
        assert not world.store.leases.acquire("scheduler", RIVAL, NOW, TTL)

    def test_a_worker_lives_by_its_heartbeat(self, world: World) -> None:
        leases, first, second = world.store.leases, new_id(), new_id()
        leases.register(first, "local_executor", NOW)
        leases.register(second, "local_executor", NOW)
        leases.heartbeat([second], NOW + TTL)
        dead = leases.dead_workers([first, second], NOW + TTL, TTL)
        assert list(dead) == [first]
        assert "no sign of life" in dead[first]
        leases.heartbeat([first], NOW + TTL)
        assert leases.dead_workers([first, second], NOW + TTL, TTL) == {}

    def test_a_worker_that_ended_stays_dead(self, world: World) -> None:
        leases, worker = world.store.leases, new_id()
        leases.register(worker, "scheduler", NOW)
        leases.end(worker, NOW)
        leases.heartbeat([worker], NOW + SECOND)
        assert "stopped at" in leases.dead_workers([worker], NOW, TTL)[worker]
        leases.register(worker, "scheduler", NOW + SECOND)
        assert leases.dead_workers([worker], NOW + SECOND, TTL) == {}

    def test_an_unknown_worker_is_dead(self, world: World) -> None:
        worker = new_id()
        assert "not known" in world.store.leases.dead_workers([worker], NOW, TTL)[worker]
        assert world.store.leases.dead_workers([], NOW, TTL) == {}
        world.store.leases.heartbeat([], NOW)
