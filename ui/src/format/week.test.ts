import { describe, expect, it } from 'vitest'
import { monthName, weekBegin, weekdayNames } from './week'

describe('weeks', () => {
  it('begin as the country has it', () => {
    expect(weekBegin('ko', 'ko-KR')).toBe(7)
    expect(weekBegin('en', 'en-GB')).toBe(1)
    expect(weekBegin('en', 'en-US')).toBe(7)
    expect(weekBegin('en', 'de-DE')).toBe(1)
    expect(weekBegin('ko', 'en-US')).toBe(7)
  })

  it('name their days in that order', () => {
    expect(weekdayNames('ko', 7)).toEqual(['일', '월', '화', '수', '목', '금', '토'])
    expect(weekdayNames('en', 1)).toEqual(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
  })

  it('name months', () => {
    expect(monthName(Date.UTC(2026, 10, 15), { zone: 'UTC', language: 'ko' })).toBe('2026년 11월')
    expect(monthName(Date.UTC(2026, 10, 15), { zone: 'UTC', language: 'en' })).toBe('November 2026')
  })
})

const SOURCES = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts', '!../api/schema.d.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
})
/** What computes with clocks, and does not show them; and the list of time zones. */
const COMPUTES = ['../lib/days.ts', '../schedule/scale.ts', '../app/person-menu.tsx']

it('nothing outside of format/ turns numbers and times into text', () => {
  const found = Object.entries(SOURCES)
    .filter(([path]) => !path.startsWith('./') && !COMPUTES.includes(path))
    .filter(([, text]) => /\bIntl\.|\.toLocale\w*String\(|\.toFixed\(/.test(text))
  expect(found.map(([path]) => path)).toEqual([])
})
