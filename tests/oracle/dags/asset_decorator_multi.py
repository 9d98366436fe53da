"""@asset.multi makes several assets with one task."""
#: dates: false
#: record: [assets]

from airflow.sdk import Asset, asset

ONE, TWO = Asset("asset_decorator_multi_one"), Asset("asset_decorator_multi_two")


@asset.multi(schedule=None, outlets=[ONE, TWO])
def asset_decorator_multi(outlet_events):
    outlet_events[ONE].extra = {"n": 1}
