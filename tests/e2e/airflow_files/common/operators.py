"""Operators and sensors of the company."""

from typing import Any, Sequence

from airflow.exceptions import AirflowException
from airflow.models import BaseOperator
from airflow.sensors.base import BaseSensorOperator, PokeReturnValue, poke_mode_only
from airflow.utils.context import Context
from airflow.utils.log.logging_mixin import LoggingMixin

from common.hooks import ShopHook


class Quoter(LoggingMixin):
    def quote(self, text):
        self.log.info("quoting %s", text)
        return f"<{text}>"


class ShopToLakeOperator(BaseOperator):
    """Copies the answer of a query."""

    template_fields: Sequence[str] = ("query", "options")
    template_ext: Sequence[str] = (".sql",)
    template_fields_renderers = {"query": "sql"}
    ui_color = "#aabbcc"

    def __init__(self, *, query: str, shop_conn_id: str = "shop_default", options: dict = None, **kwargs) -> None:
        super().__init__(**kwargs)
        self.query = query
        self.shop_conn_id = shop_conn_id
        self.options = options or {}

    def pre_execute(self, context: Any) -> None:
        self.log.info("before %s", self.task_id)

    def execute(self, context: Context) -> str:
        if not self.query:
            raise AirflowException("no query")
        hook = ShopHook(shop_conn_id=self.shop_conn_id)
        return Quoter().quote(hook.fetch(self.query.strip())) + str(self.options)

    def post_execute(self, context: Any, result: Any = None) -> None:
        self.log.info("after: %s", result)


class CountSensor(BaseSensorOperator):
    """True at the n-th poke."""

    template_fields = ("wanted",)

    def __init__(self, *, wanted, **kwargs):
        super().__init__(**kwargs)
        self.wanted = wanted
        self.seen = 0

    def poke(self, context):
        self.seen += 1
        self.log.info("poke %s of %s", self.seen, self.wanted)
        return PokeReturnValue(is_done=self.seen >= int(self.wanted), xcom_value=self.seen)


@poke_mode_only
class InMemorySensor(CountSensor):
    pass
