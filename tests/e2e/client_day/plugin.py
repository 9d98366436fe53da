"""A plugin."""

from airflow.plugins_manager import AirflowPlugin


def shout(word):
    return word.upper()


class Shouting(AirflowPlugin):
    name = "shouting"
    macros = [shout]
