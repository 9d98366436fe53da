import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { plain } from './plain'

const chosen = { language: 'en', zone: 'Europe/Zurich', theme: 'light' } as Parameters<typeof plain>[1]

beforeAll(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-06-01T12:00:00Z') }))
afterAll(() => void vi.useRealTimers())

describe('texts of the server', () => {
  it.each([
    ['not due before 2026-03-29 00:30:00 UTC', 'not due before 29 Mar 2026, 01:30'],
    ['not due before 2026-03-29 01:30:00 UTC', 'not due before 29 Mar 2026, 03:30'],
    [
      '(2026-10-25T00:30:00+00:00) is in the hour that comes twice',
      '(25 Oct 2026, 02:30) is in the hour that comes twice',
    ],
    ['longer than its dagrun_timeout of 5400 s', 'longer than its dagrun_timeout of 1 h 30 m'],
    ["run 'manual__2026-03-29T00:30:00+00:00' is `2026-03-29T00:30:00Z`", null],
    ['3 schemas, v1.5 s3', null],
  ])('%s', (text, read) => {
    expect(plain(text, chosen)).toBe(read ?? text)
  })
})
