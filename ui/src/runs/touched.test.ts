import { expect, it } from 'vitest'
import { byDag, each, merged } from './touched'

const item = (dag_id: string, dag_run_id: string, task_id: string) => ({ dag_id, dag_run_id, task_id })

it('task instances are put together by DAG', () => {
  expect(byDag([item('b', 'r1', 'x'), item('a', 'r1', 'y'), item('b', 'r2', 'x'), item('b', 'r2', 'z')])).toEqual([
    { dagId: 'b', runs: ['r1', 'r2'], tasks: { x: 2, z: 1 }, task_instances: 3 },
    { dagId: 'a', runs: ['r1'], tasks: { y: 1 }, task_instances: 1 },
  ])
})

it('previews of runs of one DAG become one', () => {
  const part = (runs: string[], tasks: Record<string, number>, task_instances: number) => ({
    dagId: 'a',
    runs,
    tasks,
    task_instances,
  })
  const given = [part(['r1'], { x: 1 }, 1), part(['r2'], { x: 2, y: 1 }, 3)]
  expect(merged(given)).toEqual([part(['r1', 'r2'], { x: 3, y: 1 }, 4)])
  expect(given[0]?.runs).toEqual(['r1'])
})

it('asks about each in order, and not about all at once', async () => {
  let open = 0
  let most = 0
  const answers = await each(
    Array.from({ length: 20 }, (_, index) => index),
    async (index) => {
      open += 1
      most = Math.max(most, open)
      await Promise.resolve()
      open -= 1
      return index * 2
    },
  )
  expect(answers).toEqual(Array.from({ length: 20 }, (_, index) => index * 2))
  expect(most).toBe(8)
})
