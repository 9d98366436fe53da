// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { isNarrow, runsSearch } from './search'

describe('the filters of runs', () => {
  it('keep what is understood and leave out the rest', () => {
    expect(
      runsSearch({ q: 7, state: 'failed', type: 'nothing', from: '2026-01-02', to: 'soon', version: '3', x: 1 }),
    ).toEqual({ q: '7', state: 'failed', from: '2026-01-02', version: 3 })
  })

  it('are narrow when they leave runs out', () => {
    expect(isNarrow({ order: '-duration', cursor: 'abc' })).toBe(false)
    expect(isNarrow({ state: 'failed' })).toBe(true)
  })
})
