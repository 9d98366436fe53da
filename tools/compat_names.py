"""The table of Airflow's names.  Read by `tools/build_compat.py` and by the tests of the compatibility package.

NAMES: module -> home in `tradewind` -> names; `Name=Other` is known as Other at home, `name=.` is the home itself.
LATER: module -> names -> what they wait for, as the end of a sentence.
GONE: module -> what to use instead; importing it says so.
"""

from __future__ import annotations

VERSION = "3.3.2+tradewind"
"""What providers see: they choose their code by it (`packaging` reads it as 3.3.2)."""

LAZY = frozenset(
    {
        "airflow",
        "airflow.models",
        "airflow.operators.python",
        "airflow.operators.python_operator",
        "airflow.providers.common.compat.sdk",
        "airflow.providers.standard.operators.python",
        "airflow.sdk",
    }
)
"""Modules whose names are many and come from everywhere, or of which one is used and the others are slow to load."""

TEXTS: dict[str, dict[str, str]] = {
    "airflow": {"__version__": VERSION},
    "airflow.version": {"version": VERSION},
    "airflow.security.permissions": {
        "ACTION_CAN_ACCESS_MENU": "menu_access",
        "ACTION_CAN_CREATE": "can_create",
        "ACTION_CAN_DELETE": "can_delete",
        "ACTION_CAN_EDIT": "can_edit",
        "ACTION_CAN_READ": "can_read",
        "RESOURCE_ASSET": "Assets",
        "RESOURCE_DAG": "DAGs",
        "RESOURCE_DAG_RUN": "DAG Runs",
    },
}

_ASSETS = "assets as parts of a schedule"
_DATABASE = "the metadata database is out of reach here; use the REST API"
_EXECUTORS = "tasks run on Tradewind's own workers"
_HELPERS = "a helper of Airflow 2 that Tradewind does not have yet"
_INTERNAL = "it belongs to the inside of Airflow"
_LINEAGE = "lineage"
_OPERATORS = "an operator that Tradewind does not have yet"


def _soon(feature: str) -> str:
    return f"it needs {feature}, which this version lacks"


_ACCESS = (
    "AccessView AssetAliasDetails AssetDetails BackfillDetails ConfigurationDetails ConnectionDetails DagAccessEntity "
    "DagDetails PoolDetails TeamDetails VariableDetails"
)
_CONTEXT_NAMES = "AIRFLOW_VAR_NAME_FORMAT_MAPPING DEFAULT_FORMAT_PREFIX ENV_VAR_FORMAT_PREFIX"
_STATS = {"authoring.provider_tools.stats": "Stats"}
_EDGES = {"authoring.edges": "chain chain_linear cross_downstream"}
_DECORATORS = {"authoring.dag": "dag", "authoring.decorators": "setup task task_group teardown"}
_DECORATOR_BASE = {
    "authoring.callables": "determine_kwargs=fitting_kwargs is_async_callable",
    "authoring.decorators": "TaskDecorator=TaskFunction get_unique_task_id task_decorator_factory",
    "authoring.mapped": "DecoratedMappedOperator",
    "authoring.operators.decorated": "DecoratedOperator",
}
_PYTHON = {
    "authoring.operators.other_python": "BranchExternalPythonOperator BranchPythonVirtualenvOperator "
    "ExternalPythonOperator PythonVirtualenvOperator",
    "authoring.operators.python": "BranchPythonOperator PythonOperator ShortCircuitOperator",
}
_EXTERNAL = {"authoring.external_task": "ExternalTaskMarker ExternalTaskSensor"}
_TEMPORAL = {"authoring.triggers.temporal": "DateTimeTrigger TimeDeltaTrigger"}
_SENSOR_BASE = {"authoring.sensors": "BaseSensorOperator PokeReturnValue poke_mode_only"}
_SESSION = {"authoring.session": "NEW_SESSION create_session provide_session"}
_TIMETABLES = {
    "interval": {"authoring.schedules": "CronDataIntervalTimetable DeltaDataIntervalTimetable"},
    "trigger": {
        "authoring.schedules": "CronPartitionTimetable CronTriggerTimetable DeltaTriggerTimetable "
        "MultipleCronTriggerTimetable"
    },
    "events": {"authoring.schedules": "EventsTimetable"},
    "simple": {"authoring.schedules": "ContinuousTimetable NullTimetable OnceTimetable"},
}
_ERRORS = (
    "AirflowBadRequest AirflowConfigException AirflowDagCycleException AirflowDagInconsistent AirflowException "
    "AirflowFailException AirflowInternalRuntimeError AirflowNotFoundException "
    "AirflowOptionalProviderFeatureException AirflowRescheduleException AirflowSensorTimeout AirflowSkipException "
    "AirflowTaskTerminated AirflowTaskTimeout AirflowTimetableInvalid DagNotFound DagRunAlreadyExists DagRunNotFound "
    "DagRunTriggerException DownstreamTasksSkipped "
    "DuplicateTaskIdFound ParamValidationError PoolNotFound TaskAlreadyInTaskGroup TaskInstanceNotFound TaskNotFound "
    "TaskDeferralError TaskDeferralTimeout TaskDeferred UnknownExecutorException UnmappableXComLengthPushed "
    "UnmappableXComTypePushed XComForMappingNotPushed XComNotFound"
)
_WARNINGS = {
    "authoring.deprecations": "AirflowProviderDeprecationWarning RemovedInAirflow3Warning RemovedInAirflow4Warning"
}
_ERRORS_LATER = {
    "AirflowClusterPolicyError AirflowClusterPolicySkipDag AirflowClusterPolicyViolation": _soon("cluster policies"),
}

_MAPPERS = (
    "AllowedKeyMapper ChainMapper DayWindow FanOutMapper FixedKeyMapper HourWindow IdentityMapper MinimumCount "
    "MonthWindow PartitionMapper ProductMapper QuarterWindow RollupMapper SegmentWindow StartOfDayMapper "
    "StartOfHourMapper StartOfMonthMapper StartOfQuarterMapper StartOfWeekMapper StartOfYearMapper WaitForAll "
    "WeekWindow Window YearWindow"
)
_SDK = {
    "authoring.asset_decorator": "asset",
    "authoring.asset_schedules": "PartitionedAssetTimetable PartitionedAtRuntime",
    "authoring.assets": "Asset AssetAccessControl AssetAlias AssetAll AssetAny AssetWatcher Metadata",
    "authoring.conf": "conf",
    "authoring.connection": "Connection",
    "authoring.context": "Context get_current_context get_parsing_context",
    "authoring.dag": "DAG dag",
    "authoring.deadlines": "AsyncCallback BaseDeadlineReference DeadlineAlert DeadlineReference SyncCallback "
    "deadline_reference",
    "authoring.decorators": "setup task task_group teardown",
    "authoring.edges": "EdgeModifier Label chain chain_linear cross_downstream",
    "authoring.hooks": "BaseHook",
    "authoring.macros": "macros=.",
    "authoring.notifier": "BaseNotifier BaseOperatorLink",
    "authoring.object_storage": "ObjectStoragePath",
    "authoring.operator": "BaseOperator",
    "authoring.operators.asynchronous": "BaseAsyncOperator",
    "authoring.operators.branch": "BaseBranchOperator BranchMixIn SkipMixin",
    "authoring.params": "Param ParamsDict",
    "authoring.partitions": _MAPPERS,
    "authoring.retry_policy": "ExceptionRetryPolicy RetryAction RetryDecision RetryPolicy RetryRule",
    "authoring.schedules": "AssetOrTimeSchedule CronDataIntervalTimetable CronPartitionTimetable CronTriggerTimetable "
    "DeltaDataIntervalTimetable DeltaTriggerTimetable EventsTimetable MultipleCronTriggerTimetable",
    "authoring.sensors": "BaseSensorOperator PokeReturnValue",
    "authoring.state": "NEVER_EXPIRE ResumableJobMixin",
    "authoring.taskgroup": "TaskGroup",
    "authoring.templates": "literal",
    "authoring.variable": "Variable",
    "authoring.xcom": "BaseXCom",
    "authoring.xcom_arg": "XComArg",
    "runtime.task_instance": "TaskInstance=RuntimeTaskInstance",
    "spec.states": "DagRunState TaskInstanceState TriggerRule WeightRule",
}
_COMPAT_NAMES = (
    "AirflowConfigException AirflowException AirflowFailException AirflowNotFoundException "
    "AirflowOptionalProviderFeatureException AirflowSensorTimeout AirflowSkipException AirflowTaskTimeout "
    "DagRunTriggerException DownstreamTasksSkipped ParamValidationError TaskDeferred XComNotFound"
)
_COMPAT: dict[str, str] = _SDK | {
    "authoring.callables": "determine_kwargs=fitting_kwargs",
    "authoring.context": "AIRFLOW_VAR_NAME_FORMAT_MAPPING Context context_merge context_to_airflow_vars "
    "get_current_context get_parsing_context",
    "authoring.decorators": "TaskDecorator=TaskFunction get_unique_task_id setup task task_decorator_factory "
    "task_group teardown",
    "authoring.lineage": "AssetLineageInfo HookLineage HookLineageCollector HookLineageReader NoOpCollector "
    "get_hook_lineage_collector",
    "authoring.listeners": "hookimpl",
    "authoring.mapped": "DecoratedMappedOperator MappedOperator",
    "authoring.notset": "SET_DURING_EXECUTION=NOTSET",
    "authoring.operators.decorated": "DecoratedOperator",
    "authoring.provider_tools.stats": "Stats",
    "authoring.provider_tools.time_limit": "timeout",
    "authoring.plugins": "AirflowPlugin",
    "authoring.sensors": "BaseSensorOperator PokeReturnValue poke_mode_only",
    "authoring.timezone": "timezone=.",
    "authoring.xcom": "BaseXCom XCom=BaseXCom",
    "errors": _COMPAT_NAMES,
    "runtime.masking": "mask_secret redact",
    "runtime.task_instance": "TaskInstance=RuntimeTaskInstance TaskInstanceKey",
    "spec.ids": "XCOM_RETURN_KEY",
}
"""What DAG files that run on Airflow 2 and 3 import from, for where the provider is not installed."""
_LINEAGE_NAMES = {
    "authoring.lineage": "AssetLineageInfo HookLineage HookLineageCollector HookLineageReader NoOpCollector "
    "get_hook_lineage_collector"
}
_SDK_LATER = {
    "SecretCache": _INTERNAL,
    "result": _soon("results of DAG runs"),
}

_TRIGGER = {
    "authoring.operators.trigger_dagrun": "TriggerDagRunLink TriggerDagRunOperator XCOM_LOGICAL_DATE_ISO XCOM_RUN_ID",
    "errors": "DagIsPaused",
}
_STANDARD: dict[str, dict[str, str]] = {
    "operators.python": _PYTHON | {"authoring.context": "get_current_context"},
    "operators.branch": {"authoring.operators.branch": "BaseBranchOperator BranchMixIn"},
    "operators.bash": {"authoring.operators.bash": "BashOperator"},
    "operators.datetime": {"authoring.operators.branch_time": "BranchDateTimeOperator"},
    "operators.latest_only": {"authoring.operators.latest_only": "LatestOnlyOperator"},
    "operators.hitl": {
        "authoring.operators.hitl": "ApprovalOperator HITLBranchOperator HITLEntryOperator HITLOperator HITLUser",
        "errors": "HITLRejectException HITLTimeoutError HITLTriggerEventError",
    },
    "operators.trigger_dagrun": _TRIGGER,
    "operators.weekday": {"authoring.operators.branch_time": "BranchDayOfWeekOperator"},
    "operators.empty": {"authoring.operators.empty": "EmptyOperator"},
    "sensors.python": {"authoring.sensors": "PythonSensor"},
    "sensors.bash": {"authoring.file_sensors": "BashSensor"},
    "sensors.date_time": {"authoring.time_sensors": "DateTimeSensor DateTimeSensorAsync"},
    "sensors.filesystem": {"authoring.file_sensors": "FileSensor"},
    "sensors.time": {"authoring.time_sensors": "TimeSensor TimeSensorAsync"},
    "sensors.time_delta": {"authoring.time_sensors": "TimeDeltaSensor TimeDeltaSensorAsync WaitSensor"},
    "sensors.weekday": {"authoring.time_sensors": "DayOfWeekSensor"},
    "hooks.filesystem": {"authoring.files": "FSHook"},
    "triggers.temporal": _TEMPORAL,
    "sensors.external_task": _EXTERNAL,
    "triggers.external_task": {"authoring.triggers.external_task": "DagStateTrigger WorkflowTrigger"},
    "exceptions": {
        "errors": "AirflowExternalTaskSensorException DuplicateStateError ExternalDagDeletedError "
        "ExternalDagFailedError ExternalDagNotFoundError "
        "ExternalTaskFailedError ExternalTaskGroupFailedError "
        "ExternalTaskGroupNotFoundError ExternalTaskNotFoundError"
    },
    "triggers.file": {"authoring.triggers.file": "DirectoryFileDeleteTrigger FileDeleteTrigger FileTrigger"},
    "utils.weekday": {"authoring.dates": "WeekDay"},
}
_STANDARD_LATER: dict[str, dict[str, str]] = {
    "operators.smooth": {"SmoothOperator": _OPERATORS},
}
STANDARD = tuple(f"airflow.providers.standard.{name}" for name in {**_STANDARD, **_STANDARD_LATER})
"""Modules served in the place of those of the provider `standard`, whether that is installed or not."""

_PARTITION_MAPPERS: dict[str, dict[str, str]] = {
    "allowed_key": {"authoring.partitions": "AllowedKeyMapper"},
    "base": {"authoring.partitions": "PartitionMapper RollupMapper"},
    "chain": {"authoring.partitions": "ChainMapper"},
    "fixed_key": {"authoring.partitions": "FixedKeyMapper"},
    "identity": {"authoring.partitions": "IdentityMapper"},
    "product": {"authoring.partitions": "ProductMapper"},
    "temporal": {
        "authoring.partitions": "FanOutMapper StartOfDayMapper StartOfHourMapper StartOfMonthMapper "
        "StartOfQuarterMapper StartOfWeekMapper StartOfYearMapper"
    },
    "wait_policy": {"authoring.partitions": "MinimumCount WaitForAll WaitPolicy"},
    "window": {
        "authoring.partitions": "DayWindow HourWindow MonthWindow QuarterWindow SegmentWindow WeekWindow Window "
        "YearWindow"
    },
}

NAMES: dict[str, dict[str, str]] = {
    "airflow": {
        "authoring.assets": "Asset Dataset",
        "authoring.dag": "DAG",
        "authoring.xcom_arg": "XComArg",
        "errors": "AirflowException",
    },
    "airflow.configuration": {"authoring.conf": "AIRFLOW_HOME AirflowConfigParser conf get_airflow_home"},
    "airflow.api_fastapi.auth.managers.models.resource_details": {"authoring.provider_tools.access": _ACCESS},
    "airflow.datasets": {"authoring.assets": "Dataset DatasetAlias=AssetAlias DatasetAll=AssetAll DatasetAny=AssetAny"},
    "airflow.datasets.metadata": {"authoring.assets": "Metadata"},
    "airflow.decorators": _DECORATORS,
    "airflow.decorators.base": _DECORATOR_BASE,
    "airflow.exceptions": {"errors": _ERRORS} | _WARNINGS,
    "airflow.hooks.base": {"authoring.hooks": "BaseHook"},
    "airflow.hooks.base_hook": {"authoring.hooks": "BaseHook"},
    "airflow.lineage.hook": _LINEAGE_NAMES,
    "airflow.macros": {
        "authoring.macros": "datetime datetime_diff_for_humans dateutil ds_add ds_format ds_format_locale json "
        "random time timedelta uuid yaml"
    },
    "airflow.io.path": {"authoring.object_storage": "ObjectStoragePath"},
    "airflow.sdk.io": {"authoring.object_storage": "ObjectStoragePath"},
    # --- models ---
    "airflow.models": {
        "authoring.connection": "Connection",
        "authoring.dag": "DAG",
        "authoring.mapped": "MappedOperator",
        "authoring.notifier": "BaseOperatorLink",
        "authoring.operator": "BaseOperator",
        "authoring.operators.branch": "SkipMixin",
        "authoring.params": "Param",
        "authoring.variable": "Variable",
        "authoring.xcom": "XCom=BaseXCom",
        "authoring.xcom_arg": "XComArg",
        "runtime.dag_run": "DagRun=RuntimeDagRun",
        "runtime.task_instance": "TaskInstance=RuntimeTaskInstance",
    },
    "airflow.models.asset": {"authoring.provider_tools.out_of_reach": "expand_alias_to_assets"},
    "airflow.models.baseoperator": _EDGES
    | {"authoring.notifier": "BaseOperatorLink", "authoring.operator": "BaseOperator"},
    "airflow.models.baseoperatorlink": {"authoring.notifier": "BaseOperatorLink"},
    "airflow.models.connection": {"authoring.connection": "Connection"},
    "airflow.models.dag": {"authoring.dag": "DAG dag"},
    "airflow.models.dagrun": {"runtime.dag_run": "DagRun=RuntimeDagRun"},
    "airflow.models.deadline": {"authoring.deadlines": "ReferenceModels"},
    "airflow.models.mappedoperator": {"authoring.mapped": "MappedOperator OperatorPartial"},
    "airflow.models.param": {"authoring.params": "DagParam Param ParamsDict"},
    "airflow.models.skipmixin": {"authoring.operators.branch": "SkipMixin"},
    "airflow.models.taskinstance": {
        "authoring.provider_tools.out_of_reach": "clear_task_instances",
        "runtime.task_instance": "TaskInstance=RuntimeTaskInstance TaskInstanceKey",
    },
    "airflow.models.taskinstancekey": {"runtime.task_instance": "TaskInstanceKey"},
    "airflow.models.taskmixin": {"authoring.node": "DependencyMixin TaskMixin=DependencyMixin"},
    "airflow.models.variable": {"authoring.variable": "Variable"},
    "airflow.models.xcom": {"authoring.xcom": "BaseXCom XCom=BaseXCom", "spec.ids": "XCOM_RETURN_KEY"},
    "airflow.models.xcom_arg": {"authoring.xcom_arg": "ConcatXComArg MapXComArg PlainXComArg XComArg ZipXComArg"},
    "airflow.notifications.basenotifier": {"authoring.notifier": "BaseNotifier"},
    # --- operators, sensors ---
    "airflow.operators.bash": {"authoring.operators.bash": "BashOperator"},
    "airflow.operators.bash_operator": {"authoring.operators.bash": "BashOperator"},
    "airflow.operators.branch": {"authoring.operators.branch": "BaseBranchOperator BranchMixIn"},
    "airflow.operators.branch_operator": {"authoring.operators.branch": "BaseBranchOperator"},
    "airflow.operators.dummy": {"authoring.operators.empty": "DummyOperator=EmptyOperator EmptyOperator"},
    "airflow.operators.dummy_operator": {"authoring.operators.empty": "DummyOperator=EmptyOperator EmptyOperator"},
    "airflow.operators.email": {"authoring.operators.email": "EmailOperator"},
    "airflow.operators.email_operator": {"authoring.operators.email": "EmailOperator"},
    "airflow.operators.empty": {"authoring.operators.empty": "EmptyOperator"},
    "airflow.operators.datetime": {"authoring.operators.branch_time": "BranchDateTimeOperator"},
    "airflow.operators.latest_only": {"authoring.operators.latest_only": "LatestOnlyOperator"},
    "airflow.operators.latest_only_operator": {"authoring.operators.latest_only": "LatestOnlyOperator"},
    "airflow.operators.dagrun_operator": {"authoring.operators.trigger_dagrun": "TriggerDagRunOperator"},
    "airflow.operators.trigger_dagrun": _TRIGGER,
    "airflow.operators.weekday": {"authoring.operators.branch_time": "BranchDayOfWeekOperator"},
    "airflow.operators.python": _PYTHON
    | {
        "authoring.context": "get_current_context",
        "authoring.decorators": "task",
        "authoring.python_env": "is_venv_installed",
    },
    "airflow.operators.python_operator": _PYTHON,
    "airflow.sensors.base": _SENSOR_BASE,
    "airflow.sensors.base_sensor_operator": _SENSOR_BASE,
    "airflow.sensors.python": {"authoring.sensors": "PythonSensor"},
    "airflow.sensors.bash": {"authoring.file_sensors": "BashSensor"},
    "airflow.sensors.date_time": {"authoring.time_sensors": "DateTimeSensor DateTimeSensorAsync"},
    "airflow.sensors.date_time_sensor": {"authoring.time_sensors": "DateTimeSensor"},
    "airflow.sensors.filesystem": {"authoring.file_sensors": "FileSensor"},
    "airflow.sensors.time_delta": {"authoring.time_sensors": "TimeDeltaSensor TimeDeltaSensorAsync"},
    "airflow.sensors.time_delta_sensor": {"authoring.time_sensors": "TimeDeltaSensor"},
    "airflow.sensors.time_sensor": {"authoring.time_sensors": "TimeSensor TimeSensorAsync"},
    "airflow.sensors.weekday": {"authoring.time_sensors": "DayOfWeekSensor"},
    "airflow.hooks.filesystem": {"authoring.files": "FSHook"},
    "airflow.triggers.base": {
        "authoring.triggers.base": "BaseEventTrigger BaseTaskEndEvent BaseTrigger StartTriggerArgs TaskFailedEvent "
        "TaskSkippedEvent TaskSuccessEvent TriggerEvent"
    },
    "airflow.triggers.temporal": _TEMPORAL,
    "airflow.triggers.external_task": {"authoring.triggers.external_task": "DagStateTrigger WorkflowTrigger"},
    "airflow.sensors.external_task": _EXTERNAL,
    "airflow.sensors.external_task_sensor": _EXTERNAL,
    "airflow.triggers.file": {"authoring.triggers.file": "FileDeleteTrigger FileTrigger"},
    "airflow.triggers.testing": {"authoring.triggers.testing": "FailureTrigger SuccessTrigger"},
    "airflow.secrets": {"authoring.provider_tools.secrets_backend": "BaseSecretsBackend"},
    "airflow.secrets.base_secrets": {"authoring.provider_tools.secrets_backend": "BaseSecretsBackend"},
    "airflow.security.kerberos": {
        "authoring.provider_tools.kerberos": "get_kerberos_principal get_kerberos_principle=get_kerberos_principal "
        "renew_from_kt"
    },
    "airflow.settings": {
        "authoring.conf": "AIRFLOW_HOME DAGS_FOLDER PLUGINS_FOLDER",
        "authoring.provider_tools.pod_hook": "pod_mutation_hook",
        "authoring.timezone": "TIMEZONE",
    },
    **{f"airflow.partition_mappers.{name}": homes for name, homes in _PARTITION_MAPPERS.items()},
    "airflow.plugins_manager": {"authoring.plugins": "AirflowPlugin"},
    # --- sdk ---
    "airflow.observability.stats": _STATS,
    "airflow.providers_manager": {"authoring.providers": "DialectInfo HookInfo ProviderInfo ProvidersManager"},
    "airflow.stats": _STATS,
    "airflow.sdk": _SDK,
    "airflow.sdk.bases.branch": {"authoring.operators.branch": "BaseBranchOperator BranchMixIn"},
    "airflow.sdk.bases.decorator": _DECORATOR_BASE,
    "airflow.sdk.bases.hook": {"authoring.hooks": "BaseHook"},
    "airflow.sdk.bases.notifier": {"authoring.notifier": "BaseNotifier"},
    "airflow.sdk.bases.operator": _EDGES
    | {"authoring.operator": "BaseOperator", "authoring.operators.asynchronous": "BaseAsyncOperator"},
    "airflow.sdk.bases.operatorlink": {"authoring.notifier": "BaseOperatorLink"},
    "airflow.sdk.bases.resumablejobmixin": {"authoring.state": "ResumableJobMixin"},
    "airflow.sdk.bases.sensor": _SENSOR_BASE,
    "airflow.sdk.bases.skipmixin": {"authoring.operators.branch": "SkipMixin"},
    "airflow.sdk.bases.xcom": {"authoring.xcom": "BaseXCom"},
    "airflow.sdk.configuration": {"authoring.conf": "conf"},
    "airflow.sdk.definitions._internal.types": {
        "authoring.notset": "ArgNotSet NOTSET SET_DURING_EXECUTION=NOTSET is_arg_set"
    },
    "airflow.sdk.definitions.asset": {
        "authoring.assets": "Asset AssetAccessControl AssetAlias AssetAll AssetAny AssetNameRef AssetRef AssetUriRef "
        "AssetWatcher BaseAsset Dataset Model"
    },
    "airflow.sdk.definitions.asset.decorators": {"authoring.asset_decorator": "asset"},
    "airflow.sdk.definitions.asset.metadata": {"authoring.assets": "Metadata"},
    "airflow.sdk.definitions.connection": {"authoring.connection": "Connection"},
    "airflow.sdk.definitions.context": {
        "authoring.context": "Context context_merge get_current_context get_parsing_context"
    },
    "airflow.sdk.definitions.dag": {"authoring.dag": "DAG dag"},
    "airflow.sdk.definitions.decorators": {"authoring.decorators": "setup task task_group teardown"},
    "airflow.sdk.definitions.edges": {"authoring.edges": "EdgeModifier Label"},
    "airflow.sdk.definitions.param": {"authoring.params": "DagParam Param ParamsDict"},
    "airflow.sdk.definitions.retry_policy": {
        "authoring.retry_policy": "ExceptionRetryPolicy RetryAction RetryDecision RetryPolicy RetryRule"
    },
    **{f"airflow.sdk.definitions.partition_mappers.{name}": homes for name, homes in _PARTITION_MAPPERS.items()},
    "airflow.sdk.definitions.taskgroup": {"authoring.taskgroup": "TaskGroup"},
    "airflow.sdk.definitions.template": {"authoring.templates": "literal"},
    "airflow.sdk.definitions.timetables.assets": {
        "authoring.asset_schedules": "PartitionedAssetTimetable PartitionedAtRuntime",
        "authoring.schedules": "AssetOrTimeSchedule AssetTriggeredTimetable",
    },
    "airflow.sdk.definitions.timetables.events": _TIMETABLES["events"],
    "airflow.sdk.definitions.timetables.interval": _TIMETABLES["interval"],
    "airflow.sdk.definitions.timetables.simple": _TIMETABLES["simple"],
    "airflow.sdk.definitions.timetables.trigger": _TIMETABLES["trigger"],
    "airflow.sdk.definitions.variable": {"authoring.variable": "Variable"},
    "airflow.sdk.definitions.mappedoperator": {"authoring.mapped": "MappedOperator OperatorPartial"},
    "airflow.sdk.definitions.xcom_arg": {"authoring.xcom_arg": "XComArg"},
    "airflow.sdk.definitions.callback": {"authoring.deadlines": "AsyncCallback Callback SyncCallback"},
    "airflow.sdk.definitions.deadline": {
        "authoring.deadlines": "AsyncCallback AverageRuntimeDeadline BaseDeadlineReference DagRunLogicalDateDeadline "
        "DagRunQueuedAtDeadline DeadlineAlert DeadlineReference FixedDatetimeDeadline SyncCallback VariableInterval "
        "deadline_reference"
    },
    "airflow.sdk.exceptions": {"errors": f"{_ERRORS} TaskAwaitingInput"},
    "airflow.sdk.execution_time.secrets_masker": {
        "runtime.masking": "mask_secret redact should_hide_value_for_key=is_sensitive"
    },
    "airflow.sdk.execution_time.task_runner": {"runtime.task_instance": "RuntimeTaskInstance"},
    "airflow.sdk.execution_time.timeout": {"authoring.provider_tools.time_limit": "timeout"},
    "airflow.sdk.execution_time.xcom": {"authoring.xcom": "BaseXCom XCom=BaseXCom"},
    "airflow.sdk.observability.stats": _STATS,
    "airflow.sdk.providers_manager_runtime": {"authoring.providers": "ProvidersManagerTaskRuntime=ProvidersManager"},
    "airflow.sdk.execution_time.hitl": {"authoring.operators.hitl": "HITLUser upsert_hitl_detail"},
    "airflow.sdk.execution_time.context": {
        "authoring.context": f"{_CONTEXT_NAMES} context_to_airflow_vars",
        "authoring.state": "NEVER_EXPIRE",
    },
    "airflow.sdk.log": {"runtime.masking": "mask_secret redact"},
    "airflow.sdk.lineage": _LINEAGE_NAMES,
    "airflow.sdk.module_loading": {
        "authoring.module_loading": "import_string is_valid_dotpath iter_namespace qualname"
    },
    "airflow.sdk.plugins_manager": {"authoring.plugins": "AirflowPlugin"},
    "airflow.sdk.timezone": {
        "authoring.timezone": "coerce_datetime convert_to_utc datetime from_timestamp make_aware make_naive parse utc "
        "utcnow"
    },
    "airflow.sdk.types": {"authoring.notset": "ArgNotSet NOTSET", "spec.states": "DagRunType"},
    # --- templates, timetables ---
    "airflow.template.templater": {"authoring.templates": "LiteralValue Templater"},
    "airflow.templates": {
        "authoring.jinja_env": "FILTERS NativeEnvironment SandboxedEnvironment ds_filter ds_nodash_filter "
        "ts_filter ts_nodash_filter ts_nodash_with_tz_filter"
    },
    "airflow.timetables.assets": {"authoring.schedules": "AssetOrTimeSchedule"},
    "airflow.timetables.base": {
        "authoring.run_times": "DagRunInfo DataInterval TimeRestriction",
        "authoring.timetable": "Timetable",
    },
    "airflow.timetables.datasets": {"authoring.schedules": "DatasetOrTimeSchedule=AssetOrTimeSchedule"},
    "airflow.timetables.events": _TIMETABLES["events"],
    "airflow.timetables.interval": _TIMETABLES["interval"],
    "airflow.timetables.simple": _TIMETABLES["simple"],
    "airflow.timetables.trigger": _TIMETABLES["trigger"],
    # --- utils ---
    "airflow.utils.context": {
        "authoring.context": "Context KNOWN_CONTEXT_KEYS context_merge",
        "authoring.deprecations": "AirflowContextDeprecationWarning",
        "runtime.accessors": "ConnectionAccessor VariableAccessor",
    },
    "airflow.utils.dag_parsing_context": {"authoring.context": "AirflowParsingContext get_parsing_context"},
    "airflow.utils.dates": {
        "authoring.dates": "date_range days_ago infer_time_unit parse_execution_date round_time scale_time_units",
        "authoring.crons": "cron_presets=CRON_PRESETS",
    },
    "airflow.utils.db": _SESSION,
    "airflow.utils.decorators": {"authoring.helpers": "apply_defaults"},
    "airflow.utils.deprecation_tools": {
        "authoring.provider_tools.old_names": "add_deprecated_classes getattr_with_deprecation"
    },
    "airflow.utils.edgemodifier": {"authoring.edges": "EdgeModifier Label"},
    "airflow.utils.email": {"authoring.mail": "build_mime_message get_email_address_list send_email send_email_smtp"},
    "airflow.utils.hashlib_wrapper": {"authoring.provider_tools.hashes": "md5"},
    "airflow.utils.helpers": {
        "authoring.addresses": "build_airflow_dagrun_url=run_url",
        "authoring.edges": "chain cross_downstream",
        "authoring.helpers": "as_flattened_list as_tuple at_most_one chunks convert_camel_to_snake exactly_one "
        "is_container merge_dicts parse_template_string partition prevent_duplicates prune_dict reduce_in_chunks "
        "render_template_to_string validate_group_key validate_key",
    },
    "airflow.utils.json": {"authoring.provider_tools.xcom_json": "WebEncoder XComDecoder XComEncoder"},
    "airflow.utils.log.logging_mixin": {
        "authoring.logging_mixin": "ExternalLoggingMixin LoggingMixin remove_escape_codes"
    },
    "airflow.utils.log.secrets_masker": {
        "runtime.masking": "mask_secret redact should_hide_value_for_key=is_sensitive"
    },
    "airflow.utils.module_loading": {
        "authoring.module_loading": "import_string is_valid_dotpath iter_namespace qualname"
    },
    "airflow.utils.net": {"authoring.provider_tools.host": "get_host_ip_address get_hostname getfqdn"},
    "airflow.utils.operator_helpers": {
        "authoring.callables": "determine_kwargs=fitting_kwargs make_kwargs_callable",
        "authoring.context": f"{_CONTEXT_NAMES} context_to_airflow_vars",
    },
    "airflow.utils.platform": {"authoring.provider_tools.host": "getuser is_tty"},
    "airflow.utils.process_utils": {
        "authoring.provider_tools.processes": "execute_in_subprocess execute_in_subprocess_with_kwargs patch_environ"
    },
    "airflow.utils.session": _SESSION,
    "airflow.utils.state": {"authoring.states": "State", "spec.states": "DagRunState TaskInstanceState"},
    "airflow.utils.strings": {"authoring.helpers": "TRUE_LIKE_VALUES get_random_string to_boolean"},
    "airflow.utils.task_group": {"authoring.taskgroup": "TaskGroup"},
    "airflow.utils.template": {"authoring.templates": "literal"},
    "airflow.utils.timezone": {
        "authoring.timezone": "coerce_datetime convert_to_utc datetime from_timestamp is_localized is_naive "
        "local_timezone make_aware make_naive parse parse_timezone td_format utc utc_epoch utcnow"
    },
    "airflow.utils.timeout": {"authoring.provider_tools.time_limit": "timeout"},
    "airflow.utils.trigger_rule": {"spec.states": "TriggerRule"},
    "airflow.utils.types": {"authoring.notset": "ArgNotSet NOTSET", "spec.states": "DagRunType"},
    "airflow.utils.weekday": {"authoring.dates": "WeekDay"},
    "airflow.listeners": {"authoring.listeners": "hookimpl"},
    "airflow.task.priority_strategy": {
        "authoring.weights": "PriorityWeightStrategy _AbsolutePriorityWeightStrategy "
        "_DownstreamPriorityWeightStrategy _UpstreamPriorityWeightStrategy "
        "validate_and_load_priority_weight_strategy",
    },
    "airflow.utils.weight_rule": {"spec.states": "WeightRule"},
    "airflow.utils.xcom": {"spec.ids": "XCOM_RETURN_KEY"},
    "airflow.utils.yaml": {
        "authoring.provider_tools.yaml_files": "FullLoader SafeDumper SafeLoader YAMLError dump full_load load "
        "safe_dump safe_load"
    },
    # --- providers that Tradewind brings itself, for where they are not installed ---
    "airflow.providers.common.compat.notifier": {"authoring.notifier": "BaseNotifier"},
    "airflow.providers.common.compat.sdk": _COMPAT,
    "airflow.providers.smtp.operators.smtp": {"authoring.operators.smtp": "EmailOperator"},
    **{f"airflow.providers.standard.{name}": homes for name, homes in _STANDARD.items()},
}

LATER: dict[str, dict[str, str]] = {
    "airflow.configuration": {"AIRFLOW_CONFIG": _HELPERS},
    "airflow.dag_processing.bundles.base": {
        "BaseDagBundle BundleVersion": "DAG files are read from the folder dags_folder, not from bundles"
    },
    "airflow.executors.base_executor": {"BaseExecutor ExecutorConf": _EXECUTORS},
    "airflow.executors.workloads": {"ExecuteCallback ExecuteTask": _EXECUTORS},
    "airflow.datasets": {"DatasetAliasEvent expand_alias_to_datasets": _soon(_ASSETS)},
    "airflow.decorators": {"TaskDecoratorCollection": _INTERNAL},
    "airflow.exceptions": _ERRORS_LATER,
    "airflow.hooks.base": {"DiscoverableHook": _INTERNAL},
    "airflow.hooks.subprocess": {"SubprocessHook SubprocessResult": _HELPERS},
    "airflow.lineage.entities": {"Column File Table Tag User": _soon(_LINEAGE)},
    "airflow.models": {
        "DagBag DagModel DagTag DagWarning Log Pool RenderedTaskInstanceFields TaskReschedule Trigger": _DATABASE,
        "DagPickle SlaMiss TaskFail": "Airflow 3 removed it",
        "Operator": "use BaseOperator",
    },
    "airflow.models.baseoperator": {"BaseOperatorMeta": _INTERNAL},
    "airflow.models.dag": {"DagModel DagTag DagContext": _DATABASE},
    "airflow.models.dagbag": {"DagBag": _DATABASE},
    "airflow.models.pool": {"Pool": _DATABASE},
    "airflow.models.taskinstance": {"set_current_context SimpleTaskInstance": _INTERNAL},
    "airflow.operators.generic_transfer": {"GenericTransfer": _OPERATORS},
    "airflow.sdk": _SDK_LATER,
    "airflow.sdk.exceptions": _ERRORS_LATER,
    "airflow.sdk.state": {"AssetScope BaseStoreBackend TaskScope": _soon("state stores of one's own")},
    "airflow.settings": {"Session engine": _DATABASE},
    "airflow.triggers.shared_stream": {"AdvanceItem SharedStreamProducer": _soon("triggers that share one stream")},
    "airflow.utils.log.file_task_handler": {
        "FileTaskHandler LogMetadata StructuredLogMessage": "logs of tasks are written and served by Tradewind itself"
    },
    "airflow.utils.setup_teardown": {"SetupTeardownContext": _INTERNAL},
    "airflow.utils.state": {"JobState": _INTERNAL},
    "airflow.utils.task_group": {"MappedTaskGroup": "a mapped group is a TaskGroup", "TaskGroupContext": _INTERNAL},
    "airflow.utils.types": {"EdgeInfoType": _INTERNAL},
    **{f"airflow.providers.standard.{name}": rows for name, rows in _STANDARD_LATER.items() if rows},
}

GONE: dict[str, str] = {
    "airflow.contrib": "install provider packages, e.g. apache-airflow-providers-ssh",
    "airflow.operators.subdag": "use airflow.sdk.TaskGroup",
    "airflow.operators.subdag_operator": "use airflow.sdk.TaskGroup",
}
