"""DAG files to specs: the folder bundle, the parse in a child process, versions by content."""
