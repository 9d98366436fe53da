"""One file per revision, written by hand; the newest is `store.schema.REVISIONS[-1]`."""
