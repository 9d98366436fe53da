import { describe, expect, it } from 'vitest'
import type { LiveEvent } from '@/live/topics'
import { arranged, patched, spanOf, type Timeline, ticks, toBars } from './bars'

const CODES = ['absent', 'no_status', 'scheduled', 'queued', 'running', 'success', 'failed']

const DATA: Timeline = {
  position: 1,
  dag_id: 'shop',
  run_id: 'r',
  run_state: 'running',
  run_start: 1000,
  run_end: null,
  now: 9000,
  tasks: ['load', 'extract', 'split', 'later'],
  instances: [1, 1, 3, 0],
  states: btoa(String.fromCharCode(4, 5, 5, 0)),
  state_codes: CODES,
  try_number: [1, 2, 1, 0],
  mapped: [false, false, true, false],
  ready: [4000, 1000, 4000, null],
  queued: [4100, 1100, 4200, null],
  start: [5000, 1500, 4500, null],
  end: [null, 4000, 6000, null],
  critical_path: [{ task_id: 'extract', waited_seconds: 0.5, worked_seconds: 2.5 }],
  next: null,
}

function tasks(
  items: Partial<{ task_id: string; map_index: number; state: string; start: number; end: number }>[],
): LiveEvent {
  const filled = items.map((item) => ({
    task_id: 'load',
    map_index: -1,
    name: null,
    state: 'success',
    try_number: 1,
    queued: 4100,
    start: 5000,
    end: 7000,
    has_note: false,
    reason: null,
    ...item,
  }))
  return { kind: 'tasks', position: 2, dag_id: 'shop', run_id: 'r', run_pk: 1, items: filled }
}

describe('the timeline', () => {
  const bars = toBars(DATA)

  it('reads columns', () => {
    expect(bars.map((bar) => bar.state)).toEqual(['running', 'success', 'success', null])
    expect(bars[1]).toMatchObject({ ready: 1000, queued: 1100, start: 1500, end: 4000, critical: 0.5, tries: 2 })
    expect(bars[2]).toMatchObject({ mapped: true, instances: 3, critical: null })
  })

  it('has what started first at the top, what has not started at the end', () => {
    expect(arranged(bars, 'start').map((bar) => bar.taskId)).toEqual(['extract', 'split', 'load', 'later'])
    expect(arranged(bars, 'grid').map((bar) => bar.taskId)).toEqual(DATA.tasks)
    expect(arranged(bars, 'grid', 'L').map((bar) => bar.taskId)).toEqual(['load', 'split', 'later'])
  })

  it('goes to now while the run runs, and to its end after it', () => {
    expect(spanOf(DATA, bars, 9000)).toEqual({ from: 1000, to: 9000 })
    expect(spanOf({ ...DATA, run_state: 'success', run_end: 7000 }, bars, 9000)).toEqual({ from: 1000, to: 7000 })
    expect(spanOf({ ...DATA, run_start: null, run_state: 'queued' }, [], 9000)).toEqual({ from: 8000, to: 9000 })
  })

  it('has lines at even times', () => {
    expect(ticks(95, 10)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90])
    expect(ticks(0.5, 5)).toEqual([0, 0.1, 0.2, 0.30000000000000004, 0.4, 0.5])
    expect(ticks(200_000, 4)).toEqual([0, 86_400, 172_800])
    expect(ticks(0, 5)).toEqual([0])
  })
})

describe('changes of tasks', () => {
  it('are put in without asking the server', () => {
    const next = patched(DATA, tasks([{ task_id: 'later', state: 'queued', start: undefined, end: undefined }, {}]))
    expect(next && toBars(next).map((bar) => bar.state)).toEqual(['success', 'success', 'success', 'queued'])
    expect(next && toBars(next)[0]?.end).toBe(7000)
    expect(toBars(DATA)[0]?.state).toBe('running')
  })

  it('are asked for when they are of a mapped task, or of one that is not known', () => {
    expect(patched(DATA, tasks([{ task_id: 'split', map_index: 1 }]))).toBeNull()
    expect(patched(DATA, tasks([{ task_id: 'other' }]))).toBeNull()
    expect(patched(DATA, 'reset')).toBeNull()
  })

  it('a run that goes on changes nothing, its end is asked for', () => {
    const run = (state: string) => ({ kind: 'run', refetch: false, run: { state } }) as unknown as LiveEvent
    expect(patched(DATA, run('running'))).toBe(DATA)
    expect(patched(DATA, run('success'))).toBeNull()
  })
})
