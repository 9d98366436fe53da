import { describe, expect, it } from 'vitest'
import { runDate } from './run-date'

describe('the date of a run', () => {
  it('is its logical date, not when it was due', () => {
    expect(runDate({ logical_date: '2026-03-01T00:00:00Z', run_after: '2026-03-02T00:00:00Z' })).toBe(
      '2026-03-01T00:00:00Z',
    )
    expect(runDate({ logical_date: 0, run_after: 5 })).toBe(0)
  })

  it('is when it was due where it has none', () => {
    expect(runDate({ logical_date: null, run_after: '2026-03-02T00:00:00Z' })).toBe('2026-03-02T00:00:00Z')
  })
})
