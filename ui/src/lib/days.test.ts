import { describe, expect, it } from 'vitest'
import { atClock, dayOf, isBound, isDay, shift, span, startOf, wallClock } from './days'

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

describe('what clocks show', () => {
  const moment = (wall: string, zone: string) => new Date(atClock(wall, zone)).toISOString()

  it.each([
    ['2026-11-22T09:14', 'UTC', '2026-11-22T09:14:00.000Z'],
    ['2026-11-22T09:14', 'Asia/Seoul', '2026-11-22T00:14:00.000Z'],
    ['2026-07-01T00:00', 'Europe/Berlin', '2026-06-30T22:00:00.000Z'],
    ['2026-11-22', 'Asia/Seoul', '2026-11-21T15:00:00.000Z'],
    ['2026-11-22T09:14:30', 'America/New_York', '2026-11-22T14:14:30.000Z'],
    // put forward from 02:00 to 03:00: half past two is never shown
    ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
    // put back from 03:00 to 02:00: half past two is shown twice
    ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
  ])('%s in %s is %s', (wall, zone, at) => {
    expect(moment(wall, zone)).toBe(at)
  })

  it('is found again', () => {
    for (const zone of ['UTC', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Apia', 'Europe/Berlin'])
      for (const at of ['2026-01-01T00:00Z', '2026-03-29T01:00Z', '2026-10-25T02:00Z', '2026-07-31T23:45Z'])
        expect(atClock(wallClock(at, zone), zone)).toBe(Date.parse(at))
  })
})
