import { describe, expect, it } from 'vitest'
import type { LiveEvent } from '@/live/topics'
import { HEAD, placeAt, ROW, scrollTo, step } from './geometry'
import { GridModel, type GridPage, runSeconds } from './model'
import { buildRows } from './rows'

const CODES = [
  'absent',
  'no_status',
  'scheduled',
  'queued',
  'running',
  'success',
  'failed',
  'upstream_failed',
  'skipped',
]

type Tasks = [id: string, group?: number][]

/** `runs`: newest first, as the server answers: key, state, the byte of each task. */
function page(
  tasks: Tasks,
  runs: [pk: number, state: string, bytes: number[]][],
  next: string | null = null,
): GridPage {
  const none = runs.map(() => null)
  return {
    position: 1,
    dag_id: 'shop',
    version_number: 1,
    runs: {
      id: runs.map(([pk]) => pk),
      run_id: runs.map(([pk]) => `run ${pk}`),
      run_type: runs.map(() => 'manual'),
      state: runs.map(([, state]) => state),
      version_number: runs.map(() => 1),
      has_note: runs.map(() => false),
      run_after: runs.map(([pk]) => pk * 1000),
      logical_date: none,
      queued: none,
      start: runs.map(([pk]) => pk * 1000),
      end: runs.map(([pk]) => pk * 1000 + 500),
    },
    tasks: {
      id: tasks.map(([id]) => id),
      label: tasks.map(([id]) => id.slice(id.lastIndexOf('.') + 1)),
      group: tasks.map(([, group]) => group ?? -1),
      depth: tasks.map(([, group]) => (group === undefined ? 0 : 1)),
      mapped: tasks.map(() => false),
      operator: tasks.map(() => 'PythonOperator'),
      removed: tasks.map(() => false),
    },
    groups: { id: ['g', 'g.in'], label: ['G', 'in'], parent: [-1, 0], mapped: [false, false] },
    cells: btoa(String.fromCharCode(...runs.flatMap(([, , bytes]) => bytes))),
    state_codes: CODES,
    next,
  }
}

const TASKS: Tasks = [['a'], ['g.b', 0], ['g.in.c', 1], ['z']]
const SUCCESS = 5
const FAILED = 6
const RUNNING = 4

function model(next: string | null = null) {
  return new GridModel(
    page(
      TASKS,
      [
        [9, 'failed', [5, 6, 5, 7]],
        [8, 'success', [5, 5, 5, 5]],
      ],
      next,
    ),
  )
}

function states(grid: GridModel, task: string) {
  return grid.runs.map((run) => grid.stateOf(grid.cell(run, grid.placeOf(task))))
}

function event(change: Partial<LiveEvent> & { kind: string }): LiveEvent {
  return { position: 2, dag_id: 'shop', ...change } as LiveEvent
}

function runEvent(pk: number, state: string, isNew: boolean, refetch = false): LiveEvent {
  const at = new Date(pk * 1000).toISOString()
  return event({
    kind: 'run',
    new: isNew,
    refetch,
    run: {
      id: pk,
      run_id: `run ${pk}`,
      run_type: 'manual',
      state,
      reason: null,
      run_after: at,
      logical_date: null,
      queued_at: at,
      start_date: at,
      end_date: null,
      note: null,
      version_number: 1,
    },
  })
}

describe('the columns of the grid', () => {
  it('reads runs oldest first, a byte a cell', () => {
    const grid = model()
    expect(grid.runs.map((run) => run.pk)).toEqual([8, 9])
    expect(states(grid, 'g.b')).toEqual(['success', 'failed'])
    expect(states(grid, 'z')).toEqual(['success', 'upstream_failed'])
    expect(runSeconds(grid.runs[0]!, 0)).toBe(0.5)
  })

  it('gives a group the state that needs attention most, through groups in groups', () => {
    const grid = model()
    expect(grid.runs.map((run) => grid.groupCell(run, 0))).toEqual([SUCCESS, FAILED])
    expect(grid.runs.map((run) => grid.groupCell(run, 1))).toEqual([SUCCESS, SUCCESS])
  })

  it('does not call a run plain green when tasks of it failed', () => {
    const grid = new GridModel(
      page(TASKS, [
        [2, 'success', [5, 6, 5, 5]],
        [1, 'success', [5, 5, 8, 5]],
      ]),
    )
    expect(grid.runs.map((run) => grid.runState(run))).toEqual(['success', 'tolerated'])
  })

  it('joins older runs, whose tasks may be others', () => {
    const grid = model('mark')
    grid.addOlder(page([['a'], ['old'], ['z']], [[7, 'success', [5, 8, 6]]]))
    expect(grid.runs.map((run) => run.pk)).toEqual([7, 8, 9])
    expect(states(grid, 'z')).toEqual(['failed', 'success', 'upstream_failed'])
    expect(states(grid, 'old')).toEqual(['skipped', null, null])
    expect(states(grid, 'g.b')).toEqual([null, 'success', 'failed'])
    expect(grid.next).toBeNull()
  })

  it('takes the newest runs again: older ones stay, gone ones go, tasks may have moved', () => {
    const grid = model('mark')
    grid.addOlder(page(TASKS, [[7, 'success', [5, 5, 5, 5]]], 'older mark'))
    grid.take(
      page(
        [['new'], ['z'], ['a']],
        [
          [10, 'running', [1, 1, 4]],
          [8, 'success', [0, 5, 5]],
        ],
        'mark',
      ),
    )
    expect(grid.runs.map((run) => run.pk)).toEqual([7, 8, 10])
    expect(states(grid, 'a')).toEqual(['success', 'success', 'running'])
    expect(states(grid, 'g.b')).toEqual(['success', null, null])
    expect(grid.next).toBe('older mark')
  })
})

describe('changes of the live stream', () => {
  it('patches the cells of a run, and what stands for its groups', () => {
    const grid = model()
    const before = grid.revision
    grid.groupCell(grid.runs[1]!, 0)
    expect(grid.apply(event({ kind: 'cells', run_id: 'run 9', run_pk: 9, tasks: ['g.b'], codes: [RUNNING] }))).toBe(
      'changed',
    )
    expect(states(grid, 'g.b')).toEqual(['success', 'running'])
    expect(grid.groupCell(grid.runs[1]!, 0)).toBe(RUNNING)
    expect(grid.revision).toBeGreaterThan(before)
  })

  it('puts a new run in its place, and changes one that it has', () => {
    const grid = model()
    expect(grid.apply(runEvent(10, 'running', true))).toBe('changed')
    expect(grid.runs.map((run) => run.state)).toEqual(['success', 'failed', 'running'])
    expect(grid.apply(runEvent(9, 'running', false))).toBe('changed')
    expect(grid.runs.map((run) => run.state)).toEqual(['success', 'running', 'running'])
    expect(grid.apply(runEvent(8.5, 'queued', true))).toBe('changed')
    expect(grid.runs.map((run) => run.pk)).toEqual([8, 8.5, 9, 10])
  })

  it('leaves older runs than those loaded alone', () => {
    const grid = model('mark')
    expect(grid.apply(runEvent(3, 'success', false))).toBe('nothing')
    expect(grid.apply(event({ kind: 'cells', run_id: 'x', run_pk: 3, tasks: ['a'], codes: [5] }))).toBe('nothing')
    expect(grid.runs).toHaveLength(2)
  })

  it('asks again when an event does not say enough', () => {
    const grid = model()
    expect(grid.apply('reset')).toBe('refetch')
    expect(grid.apply(runEvent(9, 'running', false, true))).toBe('refetch')
    expect(grid.apply(runEvent(11, 'running', true), true)).toBe('refetch')
    expect(grid.apply(event({ kind: 'cells', run_id: 'x', run_pk: 9, tasks: ['unknown'], codes: [5] }))).toBe('refetch')
  })

  it('asks again for a new version, once', () => {
    const grid = model()
    const dag = (version_id: number) => grid.apply(event({ kind: 'dag', version_id } as never))
    expect([dag(1), dag(1), dag(2)]).toEqual(['refetch', 'nothing', 'refetch'])
  })

  it('forgets a deleted run', () => {
    const grid = model()
    expect(grid.apply(event({ kind: 'gone', run_id: 'run 8' }))).toBe('changed')
    expect(grid.runs.map((run) => run.pk)).toEqual([9])
  })
})

describe('rows', () => {
  const { tasks, groups } = model()
  const shown = (collapsed: string[], text = '') =>
    buildRows(tasks, groups, new Set(collapsed), text).map(
      (row) => `${'  '.repeat(row.depth)}${row.kind === 'group' ? '+' : ''}${row.label}`,
    )

  it('puts groups before their tasks', () => {
    expect(shown([])).toEqual(['a', '+G', '  b', '  +in', '    c', 'z'])
  })

  it('leaves out what is in a collapsed group', () => {
    expect(shown(['g'])).toEqual(['a', '+G', 'z'])
    expect(shown(['g.in'])).toEqual(['a', '+G', '  b', '  +in', 'z'])
  })

  it('shows what fits a text with its groups, even collapsed ones', () => {
    expect(shown(['g'], 'C')).toEqual(['+G', '  +in', '    c'])
    expect(shown([], 'nothing')).toEqual([])
  })

  it('counts the tasks of a group with those of groups in it', () => {
    expect(buildRows(tasks, groups, new Set()).flatMap((row) => (row.kind === 'group' ? [row.tasks] : []))).toEqual([
      2, 1,
    ])
  })
})

describe('places', () => {
  it('finds the cell under the pointer', () => {
    expect(placeAt(10, 10, { left: 0, top: 0 }, 200)).toEqual({ row: -1, column: -1 })
    expect(placeAt(205, HEAD + 1, { left: 40, top: ROW * 3 }, 200)).toEqual({ row: 3, column: 2 })
  })

  it('scrolls no further than needed', () => {
    const view = { left: 100, top: 100, width: 400, height: HEAD + 240 }
    expect(scrollTo({ row: 5, column: 8 }, view, 200)).toEqual({ left: 100, top: 100 })
    expect(scrollTo({ row: 0, column: 0 }, view, 200)).toEqual({ left: 0, top: 0 })
    expect(scrollTo({ row: 20, column: 30 }, view, 200)).toEqual({ left: 420, top: 264 })
    expect(scrollTo({ row: -1, column: -1 }, view, 200)).toEqual({ left: 100, top: 100 })
  })

  it('goes by keys, and stops at the edges', () => {
    const size = { rows: 3, columns: 2 }
    const go = (key: string, row: number, column: number, all = false) => step(key, { row, column }, size, 10, all)
    expect(go('ArrowUp', -1, 0)).toEqual({ row: -1, column: 0 })
    expect(go('ArrowRight', 0, 1)).toEqual({ row: 0, column: 1 })
    expect(go('ArrowLeft', 0, 0)).toEqual({ row: 0, column: -1 })
    expect(go('PageDown', 0, 1)).toEqual({ row: 2, column: 1 })
    expect(go('End', 0, 0, true)).toEqual({ row: 2, column: 1 })
    expect(go('Home', 2, 1)).toEqual({ row: 2, column: -1 })
    expect(go('x', 0, 0)).toBeNull()
  })
})
