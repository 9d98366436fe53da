/** What the list of tasks makes of the server's answer. */
import type { Schemas } from '@/api/client'

type Task = Schemas['TaskResponse']

/** Tasks with all words of the text in their id, name, operator, owner or pool. */
export function tasksFound(tasks: readonly Task[], text: string): Task[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return tasks.filter((task) => {
    const all = [task.task_id, task.task_display_name, task.operator_name, task.owner, task.pool]
      .join(' ')
      .toLowerCase()
    return words.every((word) => all.includes(word))
  })
}

/** As they run: each after those it waits for; among equals by id. */
export function inOrder(tasks: readonly Task[]): Task[] {
  const byId = new Map(tasks.map((task) => [task.task_id ?? '', task]))
  const open = new Map([...byId.keys()].map((id) => [id, 0]))
  for (const task of tasks)
    for (const below of task.downstream_task_ids ?? []) if (open.has(below)) open.set(below, (open.get(below) ?? 0) + 1)
  const ready = [...open.keys()].filter((id) => open.get(id) === 0).sort()
  const found: Task[] = []
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    const task = byId.get(id)
    if (task === undefined) continue
    found.push(task)
    const freed = (task.downstream_task_ids ?? []).filter((below) => {
      const left = (open.get(below) ?? 0) - 1
      open.set(below, left)
      return left === 0
    })
    ready.push(...freed.sort())
  }
  return found
}

/** The groups that a task is in, as the beginning of its id; none when its name is its id. */
export function groupOf(task: Task): string {
  const id = task.task_id ?? ''
  const name = task.task_display_name ?? id
  return id.endsWith(`.${name}`) ? id.slice(0, -name.length - 1) : ''
}

export function secondsOf(delta: Schemas['TimeDelta'] | null | undefined): number | null {
  return delta ? delta.days * 86_400 + delta.seconds + delta.microseconds / 1e6 : null
}
