"""Hooks of the company."""

from airflow.hooks.base import BaseHook


class ShopHook(BaseHook):
    conn_name_attr = "shop_conn_id"
    default_conn_name = "shop_default"
    conn_type = "shop"
    hook_name = "Shop"

    def __init__(self, shop_conn_id: str = default_conn_name, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.shop_conn_id = shop_conn_id
        self.client = None

    def get_conn(self):
        if self.client is None:
            conn = self.get_connection(self.shop_conn_id)
            self.log.info("connecting to %s", conn.host)
            self.client = {"address": f"{conn.host}:{conn.port}"}
        return self.client

    def fetch(self, query):
        return f"{self.get_conn()['address']} -> {query}"
