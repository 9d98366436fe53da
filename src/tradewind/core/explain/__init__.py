"""Why a DAG makes no run, a run does not go on, a task does not start: one sentence and the conditions that are unmet.

Called by `store.reads.explain`, which gathers the facts, for the CLI and the API.  The rules asked here are those that
decide: `trigger_rules`, `flow`, `admission`, `runs`.  Nothing is decided or changed.
"""
