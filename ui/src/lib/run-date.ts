type Dated<At> = { logical_date?: At | null; run_after: At }

/** What a run goes by: its logical date, or without one the time from which it may run.  The server's lists and calendar
 * have the same rule (`store/dated.py`). */
export function runDate<At>(run: Dated<At>): At {
  return run.logical_date ?? run.run_after
}
