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

export function secondsOf(delta: Schemas['TimeDelta'] | null | undefined): number | null {
  return delta ? delta.days * 86_400 + delta.seconds + delta.microseconds / 1e6 : null
}
