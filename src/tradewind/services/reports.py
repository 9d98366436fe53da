"""What the executor's reports mean for the runs.  Used by `services.scheduler`.

Reports are handled so that doing it twice is harmless, because a step whose guard missed is decided again: nothing is
taken off the ledger before the commit.  A report about an attempt that is not its task instance's present one changes
nothing but that attempt's own row.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
