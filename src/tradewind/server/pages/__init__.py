"""A few server-rendered pages: DAGs, runs, tasks and logs, for a browser without any set-up."""
