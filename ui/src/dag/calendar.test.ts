import { describe, expect, it } from 'vitest'
import { byKey, hourRows, markOf, months, moved, parts, shownMonths, sumOf } from './calendar'
import { windowOf } from './calendar-filter'

describe('days', () => {
  const counts = byKey(
    [
      { at: '2026-02-28T00:00:00+09:00', counts: { success: 2 } },
      { at: '2026-03-01T00:00:00+09:00', counts: { failed: 1, success: 1 } },
    ],
    false,
  )
  const [february, march] = months('2026-02-14', '2026-03-03', counts)

  it('stand in whole months, under their day of the week', () => {
    // 1 February 2026 is a Sunday, 31 March a Tuesday
    expect(february?.weeks[0]).toEqual([null, null, null, null, null, null, { key: '2026-02-01' }])
    expect(february?.weeks.at(-1)?.[5]).toEqual({ key: '2026-02-28', counts: { success: 2 } })
    expect(march?.weeks.at(-1)?.map((cell) => cell?.key)).toEqual([
      '2026-03-30',
      '2026-03-31',
      ...Array(5).fill(undefined),
    ])
  })

  it('are each there once', () => {
    expect(months('2026-02-01', '2026-02-28', new Map(), 7)[0]?.weeks).toHaveLength(4)
    const year = months('2027-12-31', '2028-12-01', new Map())
    const days = year.flatMap((month) => month.weeks.flat().flatMap((cell) => (cell ? [cell.key] : [])))
    expect(days.length).toBe(31 + 366)
    expect(days).toEqual([...new Set(days)].sort())
    for (const month of year) for (const week of month.weeks) expect(week).toHaveLength(7)
  })

  it('without anything are left out at the start, as months', () => {
    const all = months('2026-01-01', '2026-12-31', counts)
    expect(shownMonths(all, '2026-11-22')[0]?.key).toBe('2026-02')
    expect(shownMonths(months('2026-01-01', '2026-12-31', new Map()), '2026-11-22')[0]?.key).toBe('2026-10')
    expect(shownMonths(months('2025-01-01', '2025-06-30', new Map()), '2026-11-22')).toHaveLength(6)
  })
})

describe('hours', () => {
  it('that come twice when the clocks go back are one cell', () => {
    const counts = byKey(
      [
        { at: '2026-10-25T02:00:00+02:00', counts: { success: 1 } },
        { at: '2026-10-25T02:00:00+01:00', counts: { success: 1, failed: 1 } },
      ],
      true,
    )
    const [row] = hourRows('2026-10-25', '2026-10-25', counts)
    expect(row?.cells).toHaveLength(24)
    expect(row?.cells[2]).toEqual({ key: '2026-10-25T02', counts: { success: 2, failed: 1 } })
    expect(row?.cells[3]).toEqual({ key: '2026-10-25T03' })
  })
})

describe('a cell', () => {
  it('stands for what needs attention', () => {
    expect(markOf({ success: 9, failed: 1 })).toBe('failed')
    expect(markOf({ success: 9, running: 1 })).toBe('running')
    expect(markOf({ success: 9, tolerated: 1 })).toBe('tolerated')
    expect(markOf({ planned: 1, success: 1 })).toBe('success')
    expect(markOf({ planned: 3 })).toBe('planned')
    expect(markOf({ success: 0 })).toBeNull()
    expect(markOf(undefined)).toBeNull()
    expect(parts({ planned: 1, success: 2, failed: 3 })).toEqual([
      ['failed', 3],
      ['success', 2],
      ['planned', 1],
    ])
  })

  it('adds up', () => {
    expect(sumOf([{ success: 2, failed: 1 }, { planned: 4 }, { running: 1 }])).toEqual({
      runs: 4,
      succeeded: 2,
      failed: 1,
      planned: 4,
    })
  })
})

describe('the keys', () => {
  it.each([
    ['ArrowLeft', '2026-03-01', '2026-02-28'],
    ['ArrowDown', '2026-02-28', '2026-03-07'],
    ['Home', '2026-03-01', '2026-02-23'],
    ['End', '2026-03-02', '2026-03-08'],
    ['PageUp', '2026-03-29', '2026-03-01'],
    ['x', '2026-03-01', null],
  ])('%s from the day %s', (key, from, to) => {
    expect(moved(key, from, false)).toBe(to)
    if (key === 'Home') expect(moved(key, '2026-03-03', false, 7)).toBe('2026-03-01')
  })

  it.each([
    ['ArrowLeft', '2026-03-01T00', '2026-02-28T23'],
    ['ArrowRight', '2026-03-01T23', '2026-03-02T00'],
    ['ArrowUp', '2026-03-01T05', '2026-02-28T05'],
    ['End', '2026-03-01T05', '2026-03-01T23'],
    ['PageUp', '2026-03-01T05', null],
  ])('%s from the hour %s', (key, from, to) => {
    expect(moved(key, from, true)).toBe(to)
  })
})

it('the window ends ahead of today, or where it was asked to', () => {
  expect(windowOf('2026-11-22', false)).toEqual({ first: '2025-11-23', last: '2026-12-23' })
  expect(windowOf('2026-11-22', true)).toEqual({ first: '2026-11-16', last: '2026-11-23' })
  expect(windowOf('2026-11-22', true, '2026-03-08')).toEqual({ first: '2026-03-01', last: '2026-03-08' })
})
