import { describe, expect, it } from 'vitest'
import { spelled } from './address'

describe('an address', () => {
  it('is spelled in one way', () => {
    const right = '/dags/a%20b/runs/manual__2026-01-01T00%3A00%3A00%2B00%3A00/graph'
    expect(spelled('/dags/a%20b/runs/manual__2026-01-01T00:00:00+00:00/graph')).toBe(right)
    expect(spelled(right)).toBe(right)
  })
  it('keeps a slash in an id, and what is no address', () => {
    expect(spelled('/dags/a%2Fb/')).toBe('/dags/a%2Fb/')
    expect(spelled('/dags/50%')).toBe('/dags/50%')
  })
})
