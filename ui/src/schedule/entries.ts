/** Runs that were and runs to come as entries of one time line, by DAG. */
import type { Schemas } from '@/api/client'
import { runState, type State } from '@/components/state'
import type { Item } from './scale'

export type Entry = {
  dagId: string
  /** Null: it is planned. */
  run: Schemas['ScheduleRun'] | null
  state: State
  start: number
  /** What runs goes on until now; what is planned is a moment. */
  end: number
}

export type Row = { dagId: string; items: Item<Entry>[] }

/** The worst first: what several runs in one bar are shown as. */
const WEIGHT: State[] = ['failed', 'running', 'queued', 'tolerated', 'success', 'none']

export function worst(entries: readonly Entry[]): State {
  return WEIGHT.find((state) => entries.some((entry) => entry.state === state)) ?? 'none'
}

export function entriesOf(data: Schemas['ScheduleResponse'], now: number): Entry[] {
  const ran = data.runs.map((run): Entry => {
    const start = Date.parse(run.start_date ?? run.queued_at ?? run.run_after)
    const end = run.end_date ? Date.parse(run.end_date) : Math.max(now, start)
    return { dagId: run.dag_id, run, state: runState(run), start, end }
  })
  const planned = data.planned.map((plan): Entry => {
    const at = Date.parse(plan.run_after)
    return { dagId: plan.dag_id, run: null, state: 'none', start: at, end: at }
  })
  return [...ran, ...planned].sort((a, b) => a.start - b.start || a.dagId.localeCompare(b.dagId))
}

export function rowsOf(entries: readonly Entry[], text: string): Row[] {
  const wanted = text.trim().toLowerCase()
  const rows = new Map<string, Row>()
  for (const entry of entries) {
    if (!entry.dagId.toLowerCase().includes(wanted)) continue
    const row = rows.get(entry.dagId) ?? { dagId: entry.dagId, items: [] }
    rows.set(entry.dagId, row)
    row.items.push({ start: entry.start, end: entry.end, what: entry })
  }
  return [...rows.values()].sort((a, b) => a.dagId.localeCompare(b.dagId))
}

/** State -> how many, the worst first; what is planned as `none`. */
export function tally(entries: readonly Entry[]): [State, number][] {
  const states = [...new Set(entries.map((entry) => entry.state))]
  return states
    .sort((a, b) => WEIGHT.indexOf(a) - WEIGHT.indexOf(b))
    .map((state) => [state, entries.filter((entry) => entry.state === state).length])
}
