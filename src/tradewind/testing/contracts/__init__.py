"""Suites that every implementation of a port must pass; inherit a class and give it its fixture."""
