"""Inside a task's process: context, templates, XCom, logs, outcome.  Never sees the database."""
