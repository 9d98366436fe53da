"""Decides, does nothing: states, trigger rules, limits, retries, timetables, explain.  No I/O, no clock."""
