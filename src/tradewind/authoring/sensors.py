"""Sensors: tasks that wait until something is so.  Airflow: `BaseSensorOperator`, `PokeReturnValue`, `PythonSensor`.

In reschedule mode the sensor gives its worker back between pokes by raising `AirflowRescheduleException`; the runtime
must then answer `ti.get_first_reschedule_date(context)` (datetime, UTC, or None) so that the timeout counts from the
first poke.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar, TypeVar

from tradewind.authoring.callables import determine_kwargs, run_callable
from tradewind.authoring.conf import conf
from tradewind.authoring.defaults import get_number
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.operator_args import duration
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError, located
from tradewind.errors import (
    AirflowException,
    AirflowFailException,
    AirflowRescheduleException,
    AirflowSensorTimeout,
    AirflowSkipException,
    AirflowTaskTimeout,
    TaskDeferralError,
    TaskDeferralTimeout,
)

SensorClass = TypeVar("SensorClass", bound="type[BaseSensorOperator]")


def default_deferrable() -> bool:
    """Whether operators that can wait without a worker do so when their author does not say."""
    return conf.getboolean("operators", "default_deferrable", fallback=False)


def poke_mode_only(cls: SensorClass) -> SensorClass:
    """Class decorator for sensors that keep something in memory between pokes: `mode="reschedule"` is refused."""
    if not issubclass(cls, BaseSensorOperator):
        raise ValueError(f"@poke_mode_only goes above a sensor class, not above {cls!r}")
    cls.valid_modes = ("poke",)
    return cls


class PokeReturnValue:
    """The result of a poke that has something to say: whether the wait is over, and the task's XCom."""

    def __init__(self, is_done: bool, xcom_value: Any = None) -> None:
        self.is_done = is_done
        self.xcom_value = xcom_value

    def __bool__(self) -> bool:
        return self.is_done


class BaseSensorOperator(BaseOperator):
    """Calls `poke(context)` every `poke_interval` seconds until it is true or `timeout` seconds have passed.

    `mode` is "poke" (keeps its worker) or "reschedule" (gives it back between pokes).  With `soft_fail` a timeout
    ends the task as skipped; `silent_fail` logs errors of a poke and goes on; `never_fail` skips on any error.
    """

    ui_color = "#e6f1f2"
    valid_modes: ClassVar[tuple[str, ...]] = ("poke", "reschedule")
    is_sensor: ClassVar[bool] = True

    def __init__(
        self,
        *,
        poke_interval: dt.timedelta | float = 60,
        timeout: dt.timedelta | float | None = None,
        soft_fail: bool = False,
        mode: str = "poke",
        exponential_backoff: bool = False,
        max_wait: dt.timedelta | float | None = None,
        silent_fail: bool = False,
        never_fail: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        where = f"task {self.task_id!r} ({type(self).__name__})"
        default = get_number("sensors", "default_timeout", 604_800)
        try:
            self.poke_interval = duration(where, "poke_interval", poke_interval).total_seconds()
            self.timeout = duration(where, "timeout", default if timeout is None else timeout).total_seconds()
            self.max_wait = None if max_wait is None else duration(where, "max_wait", max_wait)
            if mode not in self.valid_modes:
                raise ArgumentValueError(
                    f"{where}: mode={mode!r} does not exist here",
                    fix=f"write {' or '.join(f'mode={known!r}' for known in self.valid_modes)}",
                )
            if soft_fail and never_fail:
                raise ArgumentValueError(f"{where} has both soft_fail and never_fail", fix="give one of them")
        except (ArgumentTypeError, ArgumentValueError) as error:
            raise located(error, self._place) from None
        self.mode = mode
        self.soft_fail, self.silent_fail, self.never_fail = soft_fail, silent_fail, never_fail
        self.exponential_backoff = exponential_backoff

    @property
    def reschedule(self) -> bool:
        """Whether the worker is given back between pokes."""
        return self.mode == "reschedule"

    def poke(self, context: Any) -> bool | PokeReturnValue:
        """Whether the wait is over.  Subclasses implement it."""
        raise NotImplementedError(f"{type(self).__name__} does not implement poke(self, context)")

    def execute(self, context: Any) -> Any:
        """Poke until it is true.  Raises `AirflowSensorTimeout`, or `AirflowSkipException` with `soft_fail`."""
        started = self._first_poke(context)
        number = self._number_of_pokes(context)
        while True:
            done = self._poke_once(context)
            if done:
                self.log.info("Success criteria met. Exiting.")
                return done.xcom_value if isinstance(done, PokeReturnValue) else None
            waited = self._waited(started)
            pause = self._pause(number, waited)
            if self.reschedule:
                raise AirflowRescheduleException(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=pause))
            time.sleep(pause)
            number += 1

    def resume_execution(self, next_method: str, next_kwargs: dict[str, Any] | None, context: Any) -> Any:
        """Go on after a wait: one that took too long is a sensor's timeout."""
        try:
            return super().resume_execution(next_method, next_kwargs, context)
        except TaskDeferralTimeout as error:
            if self.soft_fail or self.never_fail:
                raise self._gives_up(error) from error
            raise AirflowSensorTimeout(*error.args) from error
        except AirflowSkipException:
            raise
        except (AirflowException, TaskDeferralError) as error:
            if self.soft_fail or self.never_fail:
                raise self._gives_up(error) from error
            raise

    def _waited(self, started: dt.datetime) -> float:
        """Seconds since then.  Raises what a timeout means when that is too long."""
        waited = (dt.datetime.now(dt.UTC) - started).total_seconds()
        if waited > self.timeout:
            message = f"the sensor {self.task_id!r} waited {waited:.0f} s; its timeout is {self.timeout:.0f} s"
            raise self._gives_up(message) if self.soft_fail or self.never_fail else AirflowSensorTimeout(message)
        return waited

    def _gives_up(self, why: BaseException | str) -> AirflowSkipException:
        """It is skipped where it would have failed; the reason says which argument asked for that."""
        word = "soft_fail" if self.soft_fail else "never_fail"
        told = why if isinstance(why, str) else f"{type(why).__name__}: {why}"
        return AirflowSkipException(f"{word}: {told}")

    def _first_poke(self, context: Any) -> dt.datetime:
        now = dt.datetime.now(dt.UTC)
        if not self.reschedule:
            return now
        first: dt.datetime | None = context["ti"].get_first_reschedule_date(context)
        return first or now

    def _number_of_pokes(self, context: Any) -> int:
        return int(context.get("task_reschedule_count") or 0) + 1 if self.reschedule else 1

    def _poke_once(self, context: Any) -> bool | PokeReturnValue:
        try:
            return self.poke(context)
        except (AirflowSensorTimeout, AirflowTaskTimeout, AirflowFailException) as error:
            if self.soft_fail or self.never_fail:
                raise self._gives_up(error) from error
            raise
        except AirflowSkipException:
            raise
        except Exception as error:
            if self.silent_fail:
                self.log.exception("The poke failed; the sensor goes on.")
                return False
            if self.never_fail:
                raise self._gives_up(error) from error
            raise

    def _pause(self, number: int, waited: float) -> float:
        """Seconds until the next poke: constant, or doubling with the number of pokes up to `max_wait`."""
        pause = self.poke_interval
        if self.exponential_backoff:
            pause = self.poke_interval * 2.0 ** min(number - 1, 32)
            if self.max_wait is not None:
                pause = min(pause, self.max_wait.total_seconds())
        return min(pause, max(self.timeout - waited, 0) + 0.1)


class PythonSensor(BaseSensorOperator):
    """Waits until `python_callable(*op_args, **op_kwargs)` returns something true."""

    template_fields: Collection[str] = ("templates_dict", "op_args", "op_kwargs")

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        op_args: Collection[Any] | None = None,
        op_kwargs: Mapping[str, Any] | None = None,
        templates_dict: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if not callable(python_callable):
            raise AirflowException(
                f"task {self.task_id!r}: python_callable must be a function, not {python_callable!r}"
            )
        self.python_callable = python_callable
        self.op_args = op_args if op_args is not None else ()
        self.op_kwargs: Any = dict(op_kwargs or {})
        self.templates_dict = templates_dict

    def poke(self, context: Any) -> bool | PokeReturnValue:
        """Call the function."""
        if self.templates_dict is not None:
            context["templates_dict"] = self.templates_dict
        arguments = determine_kwargs(self.python_callable, self.op_args, self.op_kwargs, context)
        result = run_callable(self.python_callable, self.op_args, arguments)
        return result if isinstance(result, PokeReturnValue) else bool(result)
