import { describe, expect, it } from 'vitest'
import { runState } from './state'

describe('the state of a run', () => {
  it('is not plain green when a task failed', () => {
    expect(runState({ state: 'success', tolerated: true })).toBe('tolerated')
    expect(runState({ state: 'success', tolerated: 2 })).toBe('tolerated')
    expect(runState({ state: 'success', tolerated: 0 })).toBe('success')
    expect(runState({ state: 'success' })).toBe('success')
  })

  it('is its own while nothing was tolerated yet', () => {
    expect(runState({ state: 'failed', tolerated: 0 })).toBe('failed')
    expect(runState({ state: 'running', tolerated: true })).toBe('running')
    expect(runState({ state: null, tolerated: false })).toBe('none')
  })
})
