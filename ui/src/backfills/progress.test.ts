import { expect, it } from 'vitest'
import { leftOf, progressOf } from './progress'

const one = (
  runs: Record<string, number> | null,
  expected: number | null,
  skipped = 0,
  completed_at: string | null = null,
) => progressOf({ runs, expected, skipped, completed_at })

it('counts what ended of what will be', () => {
  expect(one({ success: 3, failed: 1, running: 2 }, 10, 2)).toMatchObject({ done: 4, all: 8 })
  expect(one({ success: 3, tolerated: 2 }, 10)).toMatchObject({ done: 5 })
  expect(one({ running: 2, success: 3 }, 10).parts.map((part) => part.state)).toEqual(['success', 'running'])
})

it('knows no whole before it is planned, and never less than what is there', () => {
  expect(one(null, null)).toEqual({ parts: [], done: 0, all: null })
  expect(one({ success: 5 }, 4)).toMatchObject({ all: 5 })
})

it('is whole when it is completed', () => {
  expect(one({ success: 4, failed: 1 }, 10, 5, '2026-01-01T00:00:00Z')).toMatchObject({ done: 5, all: 5 })
})

it('says what a cancel ends', () => {
  const asked = { expected: 10, skipped: 2, completed_at: null }
  expect(leftOf({ ...asked, runs: { success: 3, queued: 1, running: 2 } })).toEqual({ left: 2, queued: 1, running: 2 })
  expect(leftOf({ ...asked, runs: null, expected: null })).toEqual({ left: null, queued: 0, running: 0 })
})
