import { describe, expect, it } from 'vitest'
import { bodyOf, EMPTY, lastDays, linesOf, missing, utc } from './body'

const ranged = { ...EMPTY, dagId: 'd', from: '2026-01-01', to: '2026-01-31' }

describe('the order', () => {
  it('is a range of days, the whole last one included', () => {
    expect(bodyOf(ranged, 'UTC')).toMatchObject({
      dag_id: 'd',
      from_date: '2026-01-01T00:00:00.000Z',
      to_date: '2026-01-31T23:59:59.999Z',
      only: ['missing'],
    })
    expect(bodyOf(ranged, 'Europe/Berlin')).toMatchObject({
      from_date: '2025-12-31T23:00:00.000Z',
      to_date: '2026-01-31T22:59:59.999Z',
    })
    expect(bodyOf({ ...ranged, to: '2026-01-31T06:00:00Z' }, 'UTC').to_date).toBe('2026-01-31T06:00:00.000Z')
    expect(bodyOf(ranged, 'UTC')).not.toHaveProperty('dates')
    expect(bodyOf(ranged, 'UTC')).not.toHaveProperty('tasks')
  })

  it('is a list of dates, or of keys, each once', () => {
    expect(bodyOf({ ...ranged, by: 'dates', lines: '2026-01-01\n2026-01-03T10:00,2026-01-01' }, 'UTC').dates).toEqual([
      '2026-01-01T00:00:00Z',
      '2026-01-03T10:00:00Z',
    ])
    const keys = bodyOf({ ...ranged, by: 'keys', lines: 'eu\nus' }, 'UTC')
    expect(keys.partition_keys).toEqual(['eu', 'us'])
    expect(keys).not.toHaveProperty('from_date')
  })

  it('names tasks and conf only when there are some', () => {
    expect(bodyOf({ ...ranged, taskIds: 'load\n verify ' }, 'UTC').tasks?.task_ids).toEqual(['load', 'verify'])
    expect(bodyOf({ ...ranged, conf: '{"a": 1}' }, 'UTC').dag_run_conf).toEqual({ a: 1 })
  })
})

it.each([
  [{ ...ranged, dagId: '' }, 'dag'],
  [{ ...ranged, to: '' }, 'range'],
  [{ ...ranged, to: '2025-12-31' }, 'order'],
  [{ ...ranged, by: 'keys' as const }, 'lines'],
  [{ ...ranged, only: [] }, 'only'],
  [{ ...ranged, conf: '[1]' }, 'conf'],
  [ranged, null],
])('%j misses %s', (draft, what) => {
  expect(missing(draft)).toBe(what)
})

it('knows days and zones', () => {
  expect(lastDays(7, Date.parse('2026-03-02T05:00:00Z'), 'UTC')).toEqual({ from: '2026-02-23', to: '2026-03-01' })
  expect(lastDays(1, Date.parse('2026-03-02T05:00:00Z'), 'America/New_York')).toEqual({
    from: '2026-03-01',
    to: '2026-03-01',
  })
  expect(lastDays(1, Date.parse('2026-03-02T03:00:00Z'), 'America/New_York').to).toBe('2026-02-28')
  expect(utc('2026-01-01T00:00:00+09:00')).toBe('2026-01-01T00:00:00+09:00')
  expect(linesOf(' a ,\n\nb,a')).toEqual(['a', 'b'])
})
