import { describe, expect, it } from 'vitest'
import { chosenName, clearBody, clearDefaults, clearRunBody, named, type Target } from './target'

const run: Target = { dagId: 'shop', runId: 'r1' }
const tasks: Target = {
  ...run,
  tasks: [{ taskId: 'load' }, { taskId: 'split', mapIndex: 3 }, { taskId: 'a', mapIndex: -1 }],
}

describe('what a clear asks for', () => {
  it('names all instances by the task, one instance by its index', () => {
    expect(clearBody(tasks, clearDefaults(tasks), true).task_ids).toEqual(['load', ['split', 3], 'a'])
  })

  it('takes what comes after a task, and of a run what failed', () => {
    expect(clearBody(tasks, clearDefaults(tasks), true)).toMatchObject({ include_downstream: true, only_failed: false })
    expect(clearBody(run, clearDefaults(run), true)).toMatchObject({ include_downstream: false, only_failed: true })
    expect(clearBody(run, clearDefaults(run), true).task_ids).toBeUndefined()
  })

  it('never does more than it says', () => {
    expect(clearBody(run, clearDefaults(run), true).dry_run).toBe(true)
    expect(clearRunBody({ ...clearDefaults(run), which: 'new' }, false)).toEqual({
      dry_run: false,
      only_failed: false,
      only_new: true,
      include_dependent_dags: true,
    })
  })

  it('sends a note only when there is one', () => {
    expect(clearRunBody(clearDefaults(run), false)).not.toHaveProperty('note')
    expect(clearRunBody({ ...clearDefaults(run), note: 'why' }, false).note).toBe('why')
  })

  it('names instances as people do', () => {
    expect(tasks.tasks?.map(chosenName)).toEqual(['load', 'split [3]', 'a'])
  })

  it('knows one instance of a mapped task from all of them', () => {
    expect(named([{ taskId: 'split', mapIndex: 3 }, { taskId: 'split', mapIndex: 4 }, { taskId: 'load' }])).toEqual([
      ['split', 3],
      ['split', 4],
      'load',
    ])
  })
})
