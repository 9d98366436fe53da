import { expect, test } from 'vitest'
import { urgency } from './urgency'

const NOW = Date.parse('2026-11-23T12:00:00Z')

test('a deadline presses within the hour, and more when it has passed', () => {
  expect(urgency('2026-11-23T14:00:00Z', NOW)).toBe('later')
  expect(urgency('2026-11-23T13:00:00Z', NOW)).toBe('later')
  expect(urgency('2026-11-23T12:59:59Z', NOW)).toBe('soon')
  expect(urgency('2026-11-23T12:00:00Z', NOW)).toBe('over')
})
