/**
 * The grid of a DAG as the pages hold it: runs as columns, oldest first, tasks as rows, one byte a cell.
 *
 * Read from the columns that `/api/tradewind/dags/{id}/grid` answers with, joined with older ones as they are loaded, and
 * patched by the events of the live stream.  Pure: nothing here asks the server.
 */
import type { Schemas } from '@/api/client'
import { bytesOf } from '@/canvas/bytes'
import { asState, type State } from '@/components/state'
import { runDate } from '@/lib/run-date'
import type { LiveEvent } from '@/live/topics'

export type GridPage = Schemas['GridResponse']

export type GridTask = {
  id: string
  label: string
  /** Place in the groups; -1: none. */
  group: number
  mapped: boolean
  operator: string
  removed: boolean
}

export type GridGroup = { id: string; label: string; parent: number; mapped: boolean }

/** Times are milliseconds since 1970. */
export type GridRun = {
  pk: number
  runId: string
  runType: string
  state: State
  version: number
  hasNote: boolean
  runAfter: number
  /** What it goes by. */
  date: number
  queued: number | null
  start: number | null
  end: number | null
  cells: Uint8Array
  /** The byte that stands for each group; made when it is asked for. */
  groups: Uint8Array | null
}

export type Outcome = 'nothing' | 'changed' | 'refetch'

const WORST_FIRST = [
  'failed',
  'upstream_failed',
  'up_for_retry',
  'awaiting_input',
  'running',
  'restarting',
  'queued',
  'scheduled',
  'up_for_reschedule',
  'deferred',
  'no_status',
  'success',
  'skipped',
  'removed',
]

export class GridModel {
  tasks: GridTask[] = []
  groups: GridGroup[] = []
  runs: GridRun[] = []
  next: string | null = null
  /** Raised by each change: views that depend on the model watch it. */
  revision = 0
  private codes: string[] = []
  private ranks = new Uint8Array(256).fill(255)
  private places = new Map<string, number>()
  private versionId: number | null = null
  private watchers = new Set<() => void>()

  constructor(page: GridPage) {
    this.take(page)
  }

  /** A page of runs: the newest ones, asked for again or for the first time. */
  take(page: GridPage): void {
    const before = this.runs
    const oldest = page.runs.id.length > 0 ? (page.runs.run_after.at(-1) ?? 0) : Number.POSITIVE_INFINITY
    const had = before.length > 0 && before[0] !== undefined && before[0].runAfter < oldest
    this.readRows(page)
    const fresh = this.readRuns(page)
    // what is older than the page stays; what is not on it any more is gone
    const known = new Set(fresh.map((run) => run.pk))
    this.runs = [...this.runs.filter((run) => run.runAfter < oldest && !known.has(run.pk)), ...fresh]
    if (!had) this.next = page.next
    this.changed()
  }

  /** The page before the oldest run. */
  addOlder(page: GridPage): void {
    this.readRows(page, true)
    const known = new Set(this.runs.map((run) => run.pk))
    this.runs = [...this.readRuns(page).filter((run) => !known.has(run.pk)), ...this.runs]
    this.next = page.next
    this.changed()
  }

  stateOf(byte: number): State | null {
    return byte === 0 ? null : asState(this.codes[byte])
  }

  /** The byte of a task in a run; 0: the run does not have it. */
  cell(run: GridRun, task: number): number {
    return run.cells[task] ?? 0
  }

  /** The byte that stands for all tasks of a group. */
  groupCell(run: GridRun, group: number): number {
    run.groups ??= this.groupBytes(run)
    return run.groups[group] ?? 0
  }

  /** Of a run that succeeded although tasks of it failed: `tolerated`. */
  runState(run: GridRun): State {
    if (run.state !== 'success') return run.state
    const failed = this.codes.indexOf('failed')
    return failed > 0 && run.cells.includes(failed) ? 'tolerated' : 'success'
  }

  placeOf(taskId: string): number {
    return this.places.get(taskId) ?? -1
  }

  columnOf(runId: string): number {
    return this.runs.findIndex((run) => run.runId === runId)
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  /** `refetch`: the event does not say enough.  `filtered`: not every run belongs here. */
  apply(event: LiveEvent | 'reset', filtered = false): Outcome {
    if (event === 'reset') return 'refetch'
    switch (event.kind) {
      case 'run':
        return this.applyRun(event, filtered)
      case 'cells':
        return this.applyCells(event)
      case 'dag': {
        const other = this.versionId !== event.version_id
        this.versionId = event.version_id
        return other ? 'refetch' : 'nothing'
      }
      case 'gone': {
        const left = this.runs.filter((run) => run.runId !== event.run_id)
        if (event.run_id === null || left.length === this.runs.length) return 'nothing'
        this.runs = left
        this.changed()
        return 'changed'
      }
      default:
        return 'nothing'
    }
  }

  private applyRun(event: Schemas['RunEvent'], filtered: boolean): Outcome {
    const { run } = event
    if (event.refetch) return 'refetch'
    const after = Date.parse(run.run_after)
    const change = {
      runId: run.run_id,
      runType: run.run_type,
      state: asState(run.state),
      version: run.version_number,
      hasNote: run.note !== null,
      runAfter: after,
      date: runDate({ logical_date: time(run.logical_date), run_after: after }),
      queued: time(run.queued_at),
      start: time(run.start_date),
      end: time(run.end_date),
    }
    const old = this.runs.find((one) => one.pk === run.id)
    if (old !== undefined) {
      if (filtered && old.state !== change.state) return 'refetch'
      Object.assign(old, change)
      this.changed()
      return 'changed'
    }
    const [oldest] = this.runs
    if (this.next !== null && oldest !== undefined && after < oldest.runAfter) return 'nothing'
    if (filtered || !event.new) return 'refetch'
    const made: GridRun = { pk: run.id, ...change, cells: new Uint8Array(this.tasks.length), groups: null }
    const place = this.runs.findIndex((one) => one.runAfter > after || (one.runAfter === after && one.pk > run.id))
    this.runs = place < 0 ? [...this.runs, made] : this.runs.toSpliced(place, 0, made)
    this.changed()
    return 'changed'
  }

  private applyCells(event: Schemas['CellsEvent']): Outcome {
    const run = this.runs.find((one) => one.pk === event.run_pk)
    if (run === undefined) return 'nothing'
    for (const [index, taskId] of event.tasks.entries()) {
      const place = this.places.get(taskId)
      if (place === undefined) return 'refetch'
      run.cells[place] = event.codes[index] ?? 0
    }
    run.groups = null
    this.changed()
    return 'changed'
  }

  private changed(): void {
    this.revision += 1
    for (const watcher of this.watchers) watcher()
  }

  /** The rows of a page; `keep`: those that are known stay where they are, and what is new comes after them. */
  private readRows(page: GridPage, keep = false): void {
    this.codes = page.state_codes
    for (const [rank, name] of WORST_FIRST.entries()) {
      const byte = page.state_codes.indexOf(name)
      if (byte > 0) this.ranks[byte] = rank
    }
    const { tasks, groups } = page
    const read: GridTask[] = tasks.id.map((id, index) => ({
      id,
      label: tasks.label[index] ?? id,
      group: tasks.group[index] ?? -1,
      mapped: tasks.mapped[index] ?? false,
      operator: tasks.operator[index] ?? '',
      removed: tasks.removed[index] ?? false,
    }))
    if (!keep) {
      this.groups = groups.id.map((id, index) => ({
        id,
        label: groups.label[index] ?? id,
        parent: groups.parent[index] ?? -1,
        mapped: groups.mapped[index] ?? false,
      }))
    }
    const first = keep ? this.tasks : read
    const known = new Set(first.map((task) => task.id))
    const rest = (keep ? read : this.tasks).filter((task) => !known.has(task.id))
    const old = this.tasks
    this.tasks = [...first, ...rest.map((task) => ({ ...task, group: -1, removed: true }))]
    this.places = new Map(this.tasks.map((task, index) => [task.id, index]))
    const same = old.length === this.tasks.length && old.every((task, index) => task.id === this.tasks[index]?.id)
    if (!same) {
      const places = old.map((task) => this.places.get(task.id) ?? -1)
      for (const run of this.runs) run.cells = moved(run.cells, places, this.tasks.length)
    }
    for (const run of this.runs) run.groups = null
  }

  private readRuns(page: GridPage): GridRun[] {
    const { runs } = page
    const bytes = bytesOf(page.cells)
    const width = page.tasks.id.length
    const places = page.tasks.id.map((id) => this.places.get(id) ?? -1)
    return runs.id
      .map((pk, index) => ({
        pk,
        runId: runs.run_id[index] ?? '',
        runType: runs.run_type[index] ?? '',
        state: asState(runs.state[index]),
        version: runs.version_number[index] ?? 0,
        hasNote: runs.has_note[index] ?? false,
        runAfter: runs.run_after[index] ?? 0,
        date: runDate({ logical_date: runs.logical_date[index], run_after: runs.run_after[index] ?? 0 }),
        queued: runs.queued[index] ?? null,
        start: runs.start[index] ?? null,
        end: runs.end[index] ?? null,
        cells: moved(bytes.subarray(index * width, (index + 1) * width), places, this.tasks.length),
        groups: null,
      }))
      .reverse()
  }

  private groupBytes(run: GridRun): Uint8Array {
    const found = new Uint8Array(this.groups.length)
    for (const [place, task] of this.tasks.entries()) {
      const byte = run.cells[place] ?? 0
      if (byte === 0) continue
      const rank = this.ranks[byte] ?? 255
      for (let group = task.group; group >= 0; group = this.groups[group]?.parent ?? -1) {
        const other = found[group] ?? 0
        if (other === 0 || rank < (this.ranks[other] ?? 255)) found[group] = byte
      }
    }
    return found
  }
}

function moved(cells: Uint8Array, places: readonly number[], length: number): Uint8Array {
  const result = new Uint8Array(length)
  for (const [from, to] of places.entries()) if (to >= 0) result[to] = cells[from] ?? 0
  return result
}

function time(at: string | null | undefined): number | null {
  return at ? Date.parse(at) : null
}

/** Seconds a run took, or takes. */
export function runSeconds(run: GridRun, now: number): number | null {
  return run.start === null ? null : Math.max(0, ((run.end ?? now) - run.start) / 1000)
}
