/** What the list of tasks makes of the server's answer. */
import type { Schemas } from '@/api/client'

type Named = { task_id?: string | null; task_display_name?: string | null }

/** The groups that a task is in, as the beginning of its id; none when its name is its id. */
export function groupOf(task: Named): string {
  const id = task.task_id ?? ''
  const name = task.task_display_name ?? id
  return id.endsWith(`.${name}`) ? id.slice(0, -name.length - 1) : ''
}

export function secondsOf(delta: Schemas['TimeDelta'] | null | undefined): number | null {
  return delta ? delta.days * 86_400 + delta.seconds + delta.microseconds / 1e6 : null
}
