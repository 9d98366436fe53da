import { expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { groupOf, inOrder, secondsOf, tasksFound } from './tasks'

const task = (task_id: string, operator_name: string, owner = 'airflow') =>
  ({ task_id, task_display_name: task_id, operator_name, owner, pool: 'default_pool' }) as Schemas['TaskResponse']

it('tasks are found by all words, whatever the case', () => {
  const tasks = [task('load_orders', '@task'), task('load_users', 'BashOperator'), task('check', 'BashOperator', 'Ann')]
  const found = (text: string) => tasksFound(tasks, text).map((one) => one.task_id)
  expect(found('')).toEqual(['load_orders', 'load_users', 'check'])
  expect(found('LOAD bash')).toEqual(['load_users'])
  expect(found('ann')).toEqual(['check'])
  expect(found('load nothing')).toEqual([])
})

it('a duration is seconds', () => {
  expect(secondsOf({ __type: 'TimeDelta', days: 1, seconds: 5, microseconds: 500_000 })).toBe(86_405.5)
  expect(secondsOf(null)).toBeNull()
})

it('tasks are in the order in which they run', () => {
  const one = (task_id: string, ...downstream_task_ids: string[]) => ({ ...task(task_id, ''), downstream_task_ids })
  const tasks = [one('audit'), one('b', 'audit'), one('c', 'b'), one('load', 'c', 'audit'), one('a', 'b')]
  expect(inOrder(tasks).map(({ task_id }) => task_id)).toEqual(['a', 'load', 'c', 'b', 'audit'])
})

it('a task in a group says which', () => {
  expect(groupOf({ ...task('build.inner.facts', ''), task_display_name: 'facts' })).toBe('build.inner')
  expect(groupOf(task('facts', ''))).toBe('')
  expect(groupOf({ ...task('facts', ''), task_display_name: 'Facts, daily' })).toBe('')
})
