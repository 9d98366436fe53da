import { describe, expect, it } from 'vitest'
import { bytes, count, percent, short } from './number'
import { clock, dateTime, day, duration, exactTime, relative } from './time'

const utc = { zone: 'UTC', language: 'en' } as const
const seoul = { zone: 'Asia/Seoul', language: 'ko' } as const
const now = new Date('2026-11-22T12:00:00Z')

describe('duration', () => {
  it.each([
    [null, '–'],
    [Number.NaN, '–'],
    [-3, '0 ms'],
    [0, '0 ms'],
    [0.34, '340 ms'],
    [0.9996, '1.0 s'],
    [1.2299999999999998, '1.2 s'],
    [9.949, '9.9 s'],
    [9.96, '10 s'],
    [59.6, '1 m'],
    [60, '1 m'],
    [185, '3 m 05 s'],
    [3599.7, '1 h'],
    [7800, '2 h 10 m'],
    [86399, '1 d'],
    [273600, '3 d 4 h'],
  ])('%s seconds are %s', (seconds, words) => {
    expect(duration(seconds)).toBe(words)
  })

  it('speaks Korean', () => {
    expect(duration(185, 'ko')).toBe('3분 5초')
  })

  it('never shows sixty of a unit', () => {
    for (let seconds = 0; seconds < 200_000; seconds += 0.37 + seconds / 1000) {
      expect(duration(seconds)).not.toMatch(/\b60 [ms]\b|\b24 h|\b1000 ms/)
    }
  })
})

describe('times', () => {
  it('leave the year out when it is this one', () => {
    expect(dateTime('2026-11-22T09:14:03Z', utc, now)).toBe('22 Nov, 09:14')
    expect(dateTime('2025-11-22T09:14:03Z', utc, now)).toBe('22 Nov 2025, 09:14')
  })

  it('are in the zone that was chosen, across midnight and daylight saving', () => {
    expect(dateTime('2026-11-22T20:00:00Z', { zone: 'Asia/Seoul', language: 'en' }, now)).toBe('23 Nov, 05:00')
    expect(clock('2026-03-29T00:59:59Z', { zone: 'Europe/Berlin', language: 'en' })).toBe('01:59:59')
    expect(clock('2026-03-29T01:00:00Z', { zone: 'Europe/Berlin', language: 'en' })).toBe('03:00:00')
    expect(day('2026-12-31T23:30:00Z', { zone: 'Asia/Seoul', language: 'en' })).toBe('1 Jan 2027')
  })

  it('show midnight as 00', () => {
    expect(clock('2026-11-22T00:00:00Z', utc)).toBe('00:00:00')
  })

  it('speak Korean', () => {
    expect(dateTime('2026-11-22T00:14:00Z', seoul, now)).toContain('11월 22일')
  })

  it('are exact where asked', () => {
    expect(exactTime('2026-11-22T09:14:03.042Z', seoul)).toBe('2026년 11월 22일 18:14:03.042 GMT+9')
    expect(clock('2026-11-22T09:14:03Z', seoul)).toBe('18:14:03')
    expect(exactTime('2026-11-22T09:14:03.042Z', utc)).toBe('22 Nov 2026, 09:14:03.042 UTC')
  })

  it('are relative in the largest whole unit', () => {
    const at = (seconds: number) => relative(now.getTime() + seconds * 1000, 'en', now.getTime())
    expect(at(-0.4)).toBe('now')
    expect(at(-59)).toBe('59 seconds ago')
    expect(at(-60)).toBe('1 minute ago')
    expect(at(7201)).toBe('in 2 hours')
    expect(at(-86400)).toBe('yesterday')
    expect(relative(now.getTime() - 180_000, 'ko', now.getTime())).toBe('3분 전')
  })
})

describe('numbers', () => {
  it('have separators, short forms and sizes', () => {
    expect(count(12345, 'en')).toBe('12,345')
    expect(short(12345, 'en')).toBe('12.3K')
    expect(percent(0.123, 'en')).toBe('12%')
    expect(percent(0.004, 'en')).toBe('0.4%')
    expect(bytes(0)).toBe('0 B')
    expect(bytes(1023)).toBe('1023 B')
    expect(bytes(1024 * 1023.99)).toBe('1.0 MiB')
    expect(bytes(1.5 * 1024 ** 3)).toBe('1.5 GiB')
  })
})
