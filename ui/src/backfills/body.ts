/** From the planner's fields to the order that the server takes. */
import type { Schemas } from '@/api/client'
import { objectOf } from '@/lib/json'

export type Pick = Schemas['Pick']
export type Draft = {
  dagId: string
  by: 'range' | 'dates' | 'keys'
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

export function bodyOf(draft: Draft): Schemas['BackfillBody'] {
  const tasks = linesOf(draft.taskIds)
  return {
    dag_id: draft.dagId,
    ...(draft.by === 'range' ? { from_date: utc(draft.from), to_date: utc(draft.to) } : {}),
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

/** The last whole days before today, as a range of days in UTC. */
export function lastDays(days: number, now: Date): { from: string; to: string } {
  const day = (back: number) => new Date(now.getTime() - back * 86_400_000).toISOString().slice(0, 10)
  return { from: day(days), to: day(1) }
}
