"""Loops that act, one per file: they ask `core` what to do and the adapters to do it."""
