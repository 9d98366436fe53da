/** From the planner's fields to the order that the server takes. */
import type { Schemas } from '@/api/client'
import { dayOf, shift, span } from '@/lib/days'
import { objectOf } from '@/lib/json'

export type Pick = Schemas['Pick']
export type Draft = {
  dagId: string
  by: 'range' | 'dates' | 'keys'
  /** Days of the person's zone, both included. */
  from: string
  to: string
  /** Dates or keys, one a line. */
  lines: string
  only: Pick[]
  taskIds: string
  downstream: boolean
  backwards: boolean
  maxActive: number
  stopAfter: number | null
  latestVersion: boolean
  conf: string
}

export const EMPTY: Draft = {
  dagId: '',
  by: 'range',
  from: '',
  to: '',
  lines: '',
  only: ['missing'],
  taskIds: '',
  downstream: true,
  backwards: false,
  maxActive: 4,
  stopAfter: 3,
  latestVersion: false,
  conf: '',
}

/** A day or a time of a field, as UTC. */
export function utc(value: string): string {
  const text = value.length === 10 ? `${value}T00:00:00` : value.length === 16 ? `${value}:00` : value
  return /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`
}

export function linesOf(text: string): string[] {
  return [...new Set(text.split(/[\n,]/).map((line) => line.trim()))].filter(Boolean)
}

/** The first and the last moment of the range: the server takes both as included. */
function rangeOf(draft: Draft, zone: string): { from_date?: string; to_date?: string } {
  const { from, to } = span(draft.from, draft.to, zone)
  const last = to && draft.to.length === 10 ? new Date(Date.parse(to) - 1).toISOString() : to
  return { ...(from ? { from_date: from } : {}), ...(last ? { to_date: last } : {}) }
}

/** What is missing before it can be planned; null: nothing. */
export function missing(draft: Draft): 'dag' | 'range' | 'order' | 'lines' | 'only' | 'conf' | null {
  if (draft.dagId === '') return 'dag'
  if (draft.by === 'range' && (draft.from === '' || draft.to === '')) return 'range'
  if (draft.by === 'range' && utc(draft.from) > utc(draft.to)) return 'order'
  if (draft.by !== 'range' && linesOf(draft.lines).length === 0) return 'lines'
  if (draft.only.length === 0) return 'only'
  if (draft.conf.trim() !== '' && objectOf(draft.conf) === null) return 'conf'
  return null
}

/** `zone`: where the days of the range begin and end. */
export function bodyOf(draft: Draft, zone: string): Schemas['BackfillBody'] {
  const tasks = linesOf(draft.taskIds)
  return {
    dag_id: draft.dagId,
    ...(draft.by === 'range' ? rangeOf(draft, zone) : {}),
    ...(draft.by === 'dates' ? { dates: linesOf(draft.lines).map(utc) } : {}),
    ...(draft.by === 'keys' ? { partition_keys: linesOf(draft.lines) } : {}),
    only: draft.only,
    ...(tasks.length > 0
      ? { tasks: { task_ids: tasks, include_downstream: draft.downstream, include_upstream: false } }
      : {}),
    run_backwards: draft.backwards,
    max_active_runs: draft.maxActive,
    stop_after: draft.stopAfter,
    run_on_latest_version: draft.latestVersion,
    ...(draft.conf.trim() === '' ? {} : { dag_run_conf: objectOf(draft.conf) ?? {} }),
    reprocess_behavior: 'none',
    is_paused: false,
  }
}

/** The last whole days before today. */
export function lastDays(days: number, now: number, zone: string): { from: string; to: string } {
  const today = dayOf(now, zone)
  return { from: shift(today, -days), to: shift(today, -1) }
}
