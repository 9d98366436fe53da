"""Plain values that cross a process or a database row: ids, states, DagSpec, wire messages."""
