import { expect, it } from 'vitest'
import { merged } from './touched'

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
