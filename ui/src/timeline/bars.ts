/** The timeline of a run as rows of bars.  Pure: drawn by `paint`, patched by the events of the live stream. */
import type { Schemas } from '@/api/client'
import { bytesOf } from '@/canvas/bytes'
import { asState, type State } from '@/components/state'
import type { LiveEvent } from '@/live/topics'

export type Timeline = Schemas['TimelineResponse']

/** Times are milliseconds since 1970; null: not yet. */
export type Bar = {
  taskId: string
  /** null: the run has no such instance. */
  state: State | null
  instances: number
  mapped: boolean
  tries: number
  /** When nothing before it was left to wait for. */
  ready: number | null
  queued: number | null
  start: number | null
  end: number | null
  /** On the critical path: seconds it waited after the task before it, else null. */
  critical: number | null
}

export type Order = 'start' | 'grid'

export function toBars(data: Timeline): Bar[] {
  const states = bytesOf(data.states)
  const critical = new Map(data.critical_path.map((task) => [task.task_id, task.waited_seconds]))
  return data.tasks.map((taskId, index) => {
    const code = states[index] ?? 0
    return {
      taskId,
      state: code === 0 ? null : asState(data.state_codes[code]),
      instances: data.instances[index] ?? 0,
      mapped: data.mapped[index] ?? false,
      tries: data.try_number[index] ?? 0,
      ready: data.ready[index] ?? null,
      queued: data.queued[index] ?? null,
      start: data.start[index] ?? null,
      end: data.end[index] ?? null,
      critical: critical.get(taskId) ?? null,
    }
  })
}

/** By start, what has not started last; or as the grid has them.  `text`: part of a task's id. */
export function arranged(bars: readonly Bar[], order: Order, text = ''): Bar[] {
  const wanted = text.trim().toLowerCase()
  const shown = bars.filter((bar) => wanted === '' || bar.taskId.toLowerCase().includes(wanted))
  if (order === 'grid') return shown
  const key = (bar: Bar) => bar.start ?? bar.queued ?? bar.ready ?? Number.POSITIVE_INFINITY
  return shown
    .map((bar, index) => ({ bar, index }))
    .sort((one, two) => {
      const [a, b] = [key(one.bar), key(two.bar)]
      return a === b ? one.index - two.index : a < b ? -1 : 1
    })
    .map(({ bar }) => bar)
}

export type Span = { from: number; to: number }

/** From the start of the run, or what began before it, to its end or now. */
export function spanOf(data: Timeline, bars: readonly Bar[], now: number): Span {
  let from = data.run_start ?? Number.POSITIVE_INFINITY
  let to = data.run_end ?? (data.run_state === 'running' ? now : Number.NEGATIVE_INFINITY)
  for (const bar of bars) {
    from = Math.min(from, bar.queued ?? bar.start ?? from)
    to = Math.max(to, bar.end ?? bar.start ?? bar.queued ?? to)
  }
  if (!Number.isFinite(from)) return { from: now - 1000, to: now }
  return { from, to: Math.max(to, from + 10) }
}

const STEPS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
  10_800, 21_600, 43_200, 86_400,
]

/** Seconds after the start at which the axis has a line: at most so many, at even times. */
export function ticks(seconds: number, most: number): number[] {
  const least = seconds / Math.max(1, most)
  const step = STEPS.find((one) => one >= least) ?? Math.ceil(least / 86_400) * 86_400
  const count = Math.floor(seconds / step + 1e-9)
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}

/** The data after an event; null: the event does not say enough, and the data is to be asked for again. */
export function patched(data: Timeline, event: LiveEvent | 'reset'): Timeline | null {
  if (event === 'reset' || event.kind === 'gone') return null
  if (event.kind === 'run') {
    // the path and the times of the end are known to the server
    return event.run.state === data.run_state && !event.refetch ? data : null
  }
  if (event.kind !== 'tasks') return data
  const places = new Map(data.tasks.map((task, index) => [task, index]))
  const next = {
    ...data,
    try_number: [...data.try_number],
    queued: [...data.queued],
    start: [...data.start],
    end: [...data.end],
  }
  const states = bytesOf(data.states)
  for (const item of event.items) {
    const place = places.get(item.task_id)
    if (place === undefined || item.map_index >= 0 || data.mapped[place]) return null
    states[place] = Math.max(1, data.state_codes.indexOf(item.state ?? 'no_status'))
    next.try_number[place] = item.try_number
    next.queued[place] = item.queued
    next.start[place] = item.start
    next.end[place] = item.state === 'running' ? null : item.end
    next.instances = data.instances.with(place, 1)
  }
  next.states = btoa(Array.from(states, (byte) => String.fromCharCode(byte)).join(''))
  return next
}
