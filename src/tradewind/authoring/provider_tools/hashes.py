"""MD5 for names and caches, also where the system forbids it for secrets.  Airflow: `airflow.utils.hashlib_wrapper`."""

from __future__ import annotations

import functools
import hashlib

md5 = functools.partial(hashlib.md5, usedforsecurity=False)
