import { describe, expect, it } from 'vitest'
import { compared, drift, trendOf } from './trend'

describe('the columns of the chart', () => {
  it('are called as the runs are, in seconds, without runs that nothing is known of', () => {
    const data = {
      dag_id: 'd',
      task_id: null,
      run_id: ['b', 'never', 'a'],
      run_type: ['manual', 'manual', 'manual'],
      state: ['success', 'queued', 'failed'],
      tolerated: [false, false, false],
      logical_date: [1500, null, null],
      run_after: [2000, 3000, 1000],
      queued: [null, null, null],
      start: [null, null, null],
      end: [null, null, null],
      queued_seconds: [0.5, null, null],
      seconds: [4, null, 2],
      p50_seconds: 4,
      p95_seconds: 4,
    }
    expect(trendOf(data)).toEqual({
      at: [1, 1.5],
      took: [2, 4],
      queued: [null, 0.5],
      runId: ['a', 'b'],
      state: ['failed', 'success'],
    })
  })
})

describe('a duration', () => {
  it.each([
    [30, 10, 3],
    [4, 10, 0.4],
    [12, 10, null],
    [null, 10, null],
    [10, null, null],
    [3, 0.2, null],
  ])('of %s s where %s s are usual', (seconds, usual, factor) => {
    expect(compared(seconds, usual)).toBe(factor)
  })
})

describe('the drift of durations', () => {
  const of = (...seconds: (number | null)[]) => ({
    seconds,
    state: seconds.map((took) => (took === null ? 'running' : 'success')),
  })

  it('needs fifteen successful runs', () => {
    expect(drift(of(...Array(11).fill(10), 40, 40, 40))).toBeNull()
    expect(drift(of(...Array(12).fill(10), 40, 40, 40))).toBe(4)
  })

  it('does not see one run that was slow, nor failed ones', () => {
    expect(drift(of(...Array(14).fill(10), 400))).toBeNull()
    const failing = of(...Array(12).fill(10), 40, 40, 40)
    expect(drift({ ...failing, state: [...Array(12).fill('success'), 'failed', 'failed', 'failed'] })).toBeNull()
  })

  it('is silent where a second is all there is', () => {
    expect(drift(of(...Array(12).fill(0.1), 0.9, 0.9, 0.9))).toBeNull()
  })
})
