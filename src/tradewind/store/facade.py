"""All parts of the store on one engine.  Made by `bootstrap` (and the test fixtures), handed to services,
server and CLI.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from types import TracebackType

from sqlalchemy import Engine

from tradewind.ports.store import WakeUp
from tradewind.store import key_rotation, retention, schema
from tradewind.store.actions import Actions
from tradewind.store.api_tokens import ApiTokens
from tradewind.store.asset_log import SqlAssetStore
from tradewind.store.backfills import Backfills
from tradewind.store.blobs import Blobs
from tradewind.store.change_log import ChangeLog
from tradewind.store.connections import Connections
from tradewind.store.dags import SqlDagStore
from tradewind.store.engine import make_engine, shown
from tradewind.store.errands import Errands
from tradewind.store.favorites import Favorites
from tradewind.store.history import SqlHistoryStore
from tradewind.store.identities import Identities
from tradewind.store.kept_secrets import KeptSecrets
from tradewind.store.leases import SqlLeaseStore
from tradewind.store.login_sessions import LoginSessions
from tradewind.store.past_guard import SqlPastRunStore
from tradewind.store.pools import Pools
from tradewind.store.previews import Previews
from tradewind.store.questions import Questions
from tradewind.store.reads import Reads
from tradewind.store.reads.versions import VersionReads
from tradewind.store.rights import Roles
from tradewind.store.scheduler import SqlSchedulerStore
from tradewind.store.states import AssetStates, TaskStates
from tradewind.store.subscriptions import SqlSubscriptionStore
from tradewind.store.task_actions import TaskActions
from tradewind.store.triggers import Triggers
from tradewind.store.undecided import SqlUndecidedStore
from tradewind.store.users import Users
from tradewind.store.variables import Variables
from tradewind.store.vault import Vault
from tradewind.store.wakeup import Watched, open_wakeup
from tradewind.store.xcoms import XComs


class Store:
    """The metadata database.  Connects at the first use; its parts are made when they are asked for.

    A process that forks may hold a Store: the child opens connections of its own.
    """

    def __init__(self, url: str, key: str | None = None, *, paused_at_creation: bool = True) -> None:
        """`url` as in `engine.parse_url`; `key` seals Variables and Connections; `paused_at_creation` is what
        a new DAG starts as when its file does not say.  Raises StoreError for a URL that cannot be used.
        """
        self.engine: Engine = make_engine(url)
        self.url = shown(self.engine.url)
        self.vault = Vault(key)
        self._paused_at_creation = paused_at_creation

    @cached_property
    def scheduler(self) -> SqlSchedulerStore:
        """What the leader reads and writes."""
        return SqlSchedulerStore(self.engine, seal=self.vault.seal)

    @cached_property
    def history(self) -> SqlHistoryStore:
        """What the leader asks of the past."""
        return SqlHistoryStore(self.engine)

    @cached_property
    def assets(self) -> SqlAssetStore:
        """The leader's way through the log of asset events."""
        return SqlAssetStore(self.engine, self.triggers)

    @cached_property
    def leases(self) -> SqlLeaseStore:
        """Leadership and liveness."""
        return SqlLeaseStore(self.engine)

    @cached_property
    def dags(self) -> SqlDagStore:
        """What the DAG processor writes."""
        return SqlDagStore(self.engine, paused_at_creation=self._paused_at_creation)

    @cached_property
    def triggers(self) -> Triggers:
        """What deferred tasks and assets wait for."""
        return Triggers(self.engine, self.vault)

    @cached_property
    def subscriptions(self) -> SqlSubscriptionStore:
        """What the leader asks for tasks that wait for other DAGs."""
        return SqlSubscriptionStore(self.engine)

    @cached_property
    def variables(self) -> Variables:
        """Variables."""
        return Variables(self.engine, self.vault)

    @cached_property
    def connections(self) -> Connections:
        """Connections."""
        return Connections(self.engine, self.vault)

    @cached_property
    def kept_secrets(self) -> KeptSecrets:
        """Secrets that are kept only to be hidden."""
        return KeptSecrets(self.engine, self.vault)

    @cached_property
    def pools(self) -> Pools:
        """Pools and their use."""
        return Pools(self.engine)

    @cached_property
    def xcoms(self) -> XComs:
        """XComs."""
        return XComs(self.engine)

    @cached_property
    def blobs(self) -> Blobs:
        """Where large XComs lie."""
        return Blobs(self.engine)

    @cached_property
    def task_states(self) -> TaskStates:
        """State stores of task instances."""
        return TaskStates(self.engine)

    @cached_property
    def asset_states(self) -> AssetStates:
        """State stores of assets."""
        return AssetStates(self.engine)

    @cached_property
    def users(self) -> Users:
        """Users of the API."""
        return Users(self.engine, self.vault)

    @cached_property
    def roles(self) -> Roles:
        """Roles and their rights on DAGs."""
        return Roles(self.engine)

    @cached_property
    def api_tokens(self) -> ApiTokens:
        """Tokens of machines."""
        return ApiTokens(self.engine)

    @cached_property
    def identities(self) -> Identities:
        """Who asks, and for which DAGs."""
        return Identities(self.engine, self.users, self.api_tokens)

    @cached_property
    def login_sessions(self) -> LoginSessions:
        """Logins of browsers."""
        return LoginSessions(self.engine)

    @cached_property
    def actions(self) -> Actions:
        """What people do to DAGs, runs and tasks."""
        return Actions(self.engine)

    @cached_property
    def task_actions(self) -> TaskActions:
        """What running tasks do to other DAGs, and ask people."""
        return TaskActions(self.engine, VersionReads(self.engine))

    @cached_property
    def backfills(self) -> Backfills:
        """Backfills, and the leader's view of them."""
        return Backfills(self.engine)

    @cached_property
    def questions(self) -> Questions:
        """What tasks ask people, and the answers."""
        return Questions(self.engine, self.reads.versions, self.reads.task_instances)

    @cached_property
    def errands(self) -> Errands:
        """What people ask of the process that runs user code."""
        return Errands(self.engine, self.vault)

    @cached_property
    def favorites(self) -> Favorites:
        """The DAGs that people marked."""
        return Favorites(self.engine)

    @cached_property
    def past_runs(self) -> SqlPastRunStore:
        """What the guard of past runs reads and writes."""
        return SqlPastRunStore(self.engine)

    @cached_property
    def undecided(self) -> SqlUndecidedStore:
        """What the leader leaves out."""
        return SqlUndecidedStore(self.engine)

    @cached_property
    def previews(self) -> Previews:
        """What actions would make or touch."""
        return Previews(self.engine)

    @cached_property
    def change_log(self) -> ChangeLog:
        """What changed, for those who watch."""
        return ChangeLog(self.engine)

    @cached_property
    def reads(self) -> Reads:
        """Lists and details for people."""
        return Reads(self.engine)

    def migrate(self) -> list[str]:
        """Bring the schema up to date; returns the revisions applied.  See `schema.migrate`."""
        return schema.migrate(self.engine)

    def reset(self) -> None:
        """Drop all tables of Tradewind.  See `schema.reset`."""
        schema.reset(self.engine)

    def check(self) -> None:
        """Raise SchemaError unless the schema is current, StoreError when the database cannot be used."""
        schema.check(self.engine)

    def schema_state(self) -> schema.SchemaState:
        """`missing`, `older`, `current` or `newer`."""
        return schema.schema_state(self.engine)

    def wakeup(self, watched: Watched | None = None) -> WakeUp:
        """A new wake-up for one waiting thread; the caller closes it.  `watched`: what concerns it, where any commit
        would wake it otherwise."""
        return open_wakeup(self.engine, watched)

    def clean(
        self,
        before: datetime,
        tables: Sequence[str] | None = None,
        *,
        dry_run: bool = False,
        batch: int = 1000,
    ) -> dict[str, int]:
        """Delete history that ended before `before`; returns rows by table.  See `retention.clean`."""
        return retention.clean(self.engine, before, tables, dry_run=dry_run, batch=batch)

    def rotate_keys(self) -> dict[str, int]:
        """Seal everything that is encrypted with the first key; rows by table.  See `key_rotation.rotate`."""
        return key_rotation.rotate(self.engine, self.vault)

    def close(self) -> None:
        """Close all pooled connections.  The store opens new ones when it is used again."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
