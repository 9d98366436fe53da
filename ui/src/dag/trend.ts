/** What the durations of a DAG's runs say: columns for the chart, and one sentence in numbers. */
import type { Schemas } from '@/api/client'

type Durations = Schemas['DurationsResponse']

export type Trend = {
  /** What the runs are called by, seconds since 1970: their logical dates, or when they were due.  In the order in which
   * they were due; runs without a start are left out. */
  at: number[]
  took: (number | null)[]
  queued: (number | null)[]
  runId: string[]
  state: (string | null)[]
}

export function trendOf(data: Durations): Trend {
  const rows = data.run_id
    .map((runId, index) => ({
      runId,
      due: data.run_after[index],
      at: data.logical_date[index] ?? data.run_after[index],
      took: data.seconds[index] ?? null,
      queued: data.queued_seconds[index] ?? null,
      state: data.state[index] ?? null,
    }))
    .filter((row) => row.due !== null && row.due !== undefined && (row.took !== null || row.queued !== null))
    .sort((one, other) => (one.due as number) - (other.due as number))
  return {
    at: rows.map((row) => (row.at as number) / 1000),
    took: rows.map((row) => row.took),
    queued: rows.map((row) => row.queued),
    runId: rows.map((row) => row.runId),
    state: rows.map((row) => row.state),
  }
}

/** How a duration compares with the usual one: times as long; null when it is about the same, or nothing is usual. */
export function compared(seconds: number | null, usual: number | null): number | null {
  if (seconds === null || usual === null || usual < 1 || seconds < 0) return null
  const factor = seconds / usual
  return factor >= 1.5 || factor <= 0.5 ? factor : null
}

function middle(values: number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other)
  const half = Math.floor(sorted.length / 2)
  if (sorted.length === 0) return null
  return sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
}

/**
 * Whether the newest fifth of the successful runs took longer or less long than those before: times as long.
 * null: too few runs, or about the same.
 */
export function drift(data: Pick<Durations, 'seconds' | 'state'>): number | null {
  const good = data.seconds.filter((took, index): took is number => took !== null && data.state[index] === 'success')
  const fifth = Math.floor(good.length / 5)
  if (fifth < 3) return null
  const before = middle(good.slice(0, -fifth))
  const now = middle(good.slice(-fifth))
  if (before === null || now === null || Math.abs(now - before) < 1 || before < 0.001) return null
  const factor = now / before
  return factor >= 1.25 || factor <= 0.8 ? factor : null
}
