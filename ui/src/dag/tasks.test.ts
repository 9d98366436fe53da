import { expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { secondsOf, tasksFound } from './tasks'

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
