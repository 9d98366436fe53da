import { expect, it } from 'vitest'
import { groupOf, secondsOf } from './tasks'

it('a duration is seconds', () => {
  expect(secondsOf({ __type: 'TimeDelta', days: 1, seconds: 5, microseconds: 500_000 })).toBe(86_405.5)
  expect(secondsOf(null)).toBeNull()
})

it('a task in a group says which', () => {
  expect(groupOf({ task_id: 'build.inner.facts', task_display_name: 'facts' })).toBe('build.inner')
  expect(groupOf({ task_id: 'facts', task_display_name: 'facts' })).toBe('')
  expect(groupOf({ task_id: 'facts', task_display_name: 'Facts, daily' })).toBe('')
})
