import { describe, expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { confText, difference } from './difference'

const TASK: Schemas['TaskDifference'] = {
  task_id: 'load',
  state: 'success',
  other_state: 'success',
  in_run: true,
  in_other: true,
  duration_seconds: 12,
  other_duration_seconds: 4,
  instances: 1,
  other_instances: 1,
  try_number: 1,
  other_try_number: 1,
}

describe('how a task differs', () => {
  it('took longer or shorter', () => {
    expect(difference(TASK)).toEqual({ kind: 'longer', seconds: 8 })
    expect(difference({ ...TASK, duration_seconds: 1 })).toEqual({ kind: 'shorter', seconds: 3 })
  })

  it('has another state, which says more than the time', () => {
    expect(difference({ ...TASK, state: 'failed' })).toEqual({ kind: 'state' })
    expect(difference({ ...TASK, duration_seconds: null })).toEqual({ kind: 'state' })
  })

  it('is in one of the two only', () => {
    expect(difference({ ...TASK, in_run: false, state: null })).toEqual({ kind: 'not_here' })
    expect(difference({ ...TASK, in_other: false, other_state: null })).toEqual({ kind: 'not_there' })
  })
})

it('a value of null is another thing than none', () => {
  expect(confText({ day: null }, 'day')).toBe('null')
  expect(confText({}, 'day')).toBeUndefined()
})
