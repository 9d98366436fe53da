import { describe, expect, it } from 'vitest'
import { freshness } from './freshness'

const now = Date.parse('2026-11-22T12:00:00Z')
const hourly = {
  active: true,
  last_at: '2026-11-22T11:30:00Z',
  usual_gap_seconds: 3600,
  stale_at: '2026-11-22T13:30:00Z',
}

describe('freshness', () => {
  it('is fresh until the moment that the server names, and stale after it', () => {
    expect(freshness(hourly, now)).toEqual({ kind: 'fresh', at: hourly.last_at, gap: 3600 })
    expect(freshness(hourly, Date.parse('2026-11-22T13:30:00Z')).kind).toBe('fresh')
    const late = freshness(hourly, Date.parse('2026-11-22T14:00:00Z'))
    expect(late).toEqual({ kind: 'stale', at: hourly.last_at, gap: 3600, late: 5400 })
  })

  it('says nothing of a rhythm that nobody keeps', () => {
    expect(freshness({ ...hourly, stale_at: null }, now).kind).toBe('unknown')
    expect(freshness({ ...hourly, usual_gap_seconds: null, stale_at: null }, now).kind).toBe('unknown')
    expect(freshness({ ...hourly, last_at: null }, now).kind).toBe('never')
    expect(freshness({ ...hourly, active: false }, now).kind).toBe('gone')
  })
})
