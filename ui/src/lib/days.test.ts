import { describe, expect, it } from 'vitest'
import { dayOf, isBound, isDay, shift, span, startOf } from './days'

const iso = (at: number) => new Date(at).toISOString()

describe('days of a zone', () => {
  it('begin at its midnight', () => {
    expect(iso(startOf('2026-11-22', 'UTC'))).toBe('2026-11-22T00:00:00.000Z')
    expect(iso(startOf('2026-11-22', 'Asia/Seoul'))).toBe('2026-11-21T15:00:00.000Z')
    expect(iso(startOf('2026-11-22', 'America/New_York'))).toBe('2026-11-22T05:00:00.000Z')
  })

  it('begin at midnight on the days when the clocks change', () => {
    expect(iso(startOf('2026-03-29', 'Europe/Berlin'))).toBe('2026-03-28T23:00:00.000Z')
    expect(iso(startOf('2026-03-30', 'Europe/Berlin'))).toBe('2026-03-29T22:00:00.000Z')
    expect(iso(startOf('2026-10-25', 'Europe/Berlin'))).toBe('2026-10-24T22:00:00.000Z')
    expect(iso(startOf('2026-10-26', 'Europe/Berlin'))).toBe('2026-10-25T23:00:00.000Z')
  })

  it('begin when the clocks skip midnight', () => {
    // in Santiago the clocks go from 24:00 to 01:00
    const start = startOf('2026-09-06', 'America/Santiago')
    expect(dayOf(start, 'America/Santiago')).toBe('2026-09-06')
    expect(dayOf(start - 1, 'America/Santiago')).toBe('2026-09-05')
  })

  it.each(['UTC', 'Asia/Seoul', 'Europe/Berlin', 'America/Santiago', 'Pacific/Auckland', 'Asia/Kathmandu'])(
    'follow each other without a gap in %s',
    (zone) => {
      for (let day = '2026-01-01'; day < '2027-01-01'; day = shift(day, 1)) {
        const start = startOf(day, zone)
        expect(dayOf(start, zone)).toBe(day)
        expect(dayOf(start - 1, zone)).toBe(shift(day, -1))
      }
    },
  )

  it('are told from other words', () => {
    expect([isDay('2026-02-03'), isDay('2026-13-03'), isDay('today'), isDay(undefined)]).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect([isBound('2026-02-03T04:00:00+09:00'), isBound('soon')]).toEqual([true, false])
  })
})

describe('a span', () => {
  it('has its last day in it', () => {
    expect(span('2026-11-22', '2026-11-22', 'Asia/Seoul')).toEqual({
      from: '2026-11-21T15:00:00.000Z',
      to: '2026-11-22T15:00:00.000Z',
    })
  })

  it('is open where nothing is said, and takes moments as they are', () => {
    expect(span(undefined, '2026-11-22T05:00:00+09:00', 'UTC')).toEqual({ to: '2026-11-21T20:00:00.000Z' })
    expect(span('nonsense', undefined, 'UTC')).toEqual({})
  })
})
