"""Where a task runs.  Executors do not know each other."""
