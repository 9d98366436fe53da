import { describe, expect, it } from 'vitest'
import { entriesOf, rowsOf, tally, worst } from './entries'

const now = Date.parse('2026-11-22T12:00:00Z')
const run = (dagId: string, state: string, start: string | null, end: string | null) => ({
  id: 1,
  dag_id: dagId,
  run_id: `${dagId} ${start}`,
  run_type: 'scheduled',
  state,
  tolerated: state === 'success',
  run_after: '2026-11-22T09:00:00Z',
  logical_date: null,
  queued_at: '2026-11-22T09:00:01Z',
  start_date: start,
  end_date: end,
})
const data = {
  position: 1,
  start: '2026-11-22T00:00:00Z',
  end: '2026-11-23T00:00:00Z',
  now: '2026-11-22T12:00:00Z',
  runs: [
    run('b', 'running', '2026-11-22T11:00:00Z', null),
    run('a', 'failed', '2026-11-22T10:00:00Z', '2026-11-22T10:05:00Z'),
    run('a', 'queued', null, null),
  ],
  runs_more: false,
  planned: [{ dag_id: 'a', run_after: '2026-11-22T13:00:00Z', logical_date: null }],
  planned_more: false,
}

describe('entries', () => {
  const entries = entriesOf(data, now)

  it('are in the order of time, what runs goes on until now', () => {
    expect(entries.map((entry) => [entry.dagId, entry.state])).toEqual([
      ['a', 'queued'],
      ['a', 'failed'],
      ['b', 'running'],
      ['a', 'none'],
    ])
    expect(entries[2]?.end).toBe(now)
    expect(entries[3]).toMatchObject({ run: null, start: entries[3]?.end })
  })

  it('are rows by DAG, those that are looked for', () => {
    expect(rowsOf(entries, '').map((row) => [row.dagId, row.items.length])).toEqual([
      ['a', 3],
      ['b', 1],
    ])
    expect(rowsOf(entries, ' B').map((row) => row.dagId)).toEqual(['b'])
  })

  it('that are one bar show the worst of them', () => {
    expect(worst(entries)).toBe('failed')
    expect(worst(entries.filter((entry) => entry.run === null))).toBe('none')
    const good = run('c', 'success', '2026-11-22T10:00:00Z', '2026-11-22T10:05:00Z')
    const two = entriesOf({ ...data, runs: [{ ...good, tolerated: false }, good], planned: [] }, now)
    expect([worst(two), worst(two.slice(0, 1))]).toEqual(['tolerated', 'success'])
    expect(tally(entries)).toEqual([
      ['failed', 1],
      ['running', 1],
      ['queued', 1],
      ['none', 1],
    ])
  })
})
