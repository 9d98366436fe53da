"""A partition mapper with code of its own, for cases of the oracle: Airflow wants it registered by a plugin."""

from airflow.partition_mappers.base import PartitionMapper
from airflow.plugins_manager import AirflowPlugin


class Region(PartitionMapper):
    """`eu-berlin` is of the partition `eu`."""

    def serialize(self):
        return {}

    @classmethod
    def deserialize(cls, data):
        return cls()

    def to_downstream(self, key):
        return key.split("-")[0]


class Neighbours(PartitionMapper):
    """`5` is of the partitions `4` to `6`; without a number it is of none that can be told."""

    def __init__(self, reach):
        super().__init__()
        self.reach = reach

    def serialize(self):
        return {"reach": self.reach}

    @classmethod
    def deserialize(cls, data):
        return cls(data["reach"])

    def to_downstream(self, key):
        return [str(number) for number in range(int(key) - self.reach, int(key) + self.reach + 1)]


class OracleMappers(AirflowPlugin):
    name = "oracle_mappers"
    partition_mappers = [Region, Neighbours]
