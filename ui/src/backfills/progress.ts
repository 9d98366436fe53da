/** How far a backfill has come. */
import type { Schemas } from '@/api/client'
import { asState, type State } from '@/components/state'

const ORDER: State[] = ['success', 'tolerated', 'failed', 'running', 'queued']
const OVER = new Set<State>(['success', 'tolerated', 'failed'])

export type Progress = { parts: { state: State; count: number }[]; done: number; all: number | null }

export function progressOf(
  backfill: Pick<Schemas['BackfillDetailResponse'], 'runs' | 'expected' | 'skipped' | 'completed_at'>,
): Progress {
  const runs = Object.entries(backfill.runs ?? {}).map(([state, count]) => ({ state: asState(state), count }))
  const parts = ORDER.map((state) => ({
    state,
    count: runs.filter((one) => one.state === state).reduce((sum, one) => sum + one.count, 0),
  })).filter((part) => part.count > 0)
  const made = parts.reduce((sum, part) => sum + part.count, 0)
  const done = parts.filter((part) => OVER.has(part.state)).reduce((sum, part) => sum + part.count, 0)
  if (backfill.completed_at) return { parts, done, all: made }
  const all = backfill.expected === null ? null : Math.max(backfill.expected - (backfill.skipped ?? 0), made)
  return { parts, done, all }
}

/** What a cancel ends: dates that have no run yet (null: nobody knows how many), runs that wait, runs that go on. */
export function leftOf(backfill: Parameters<typeof progressOf>[0]) {
  const { parts, all } = progressOf(backfill)
  const made = parts.reduce((sum, part) => sum + part.count, 0)
  const { queued = 0, running = 0 } = backfill.runs ?? {}
  return { left: all === null ? null : all - made, queued, running }
}
