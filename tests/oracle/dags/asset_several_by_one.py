"""@asset.multi makes several assets with one task."""
#: dates: false
#: record: [assets]

from airflow.sdk import Asset, asset

ONE, TWO = Asset("asset_several_by_one_one"), Asset("asset_several_by_one_two")


@asset.multi(schedule=None, outlets=[ONE, TWO])
def asset_several_by_one(outlet_events):
    outlet_events[ONE].extra = {"n": 1}
