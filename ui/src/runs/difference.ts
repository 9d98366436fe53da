/** How a task went in two runs, as what is said of it.  Pure. */
import type { Schemas } from '@/api/client'

export type Said = { kind: 'not_here' | 'not_there' | 'state' } | { kind: 'longer' | 'shorter'; seconds: number }

export function difference(task: Schemas['TaskDifference']): Said {
  if (!task.in_run) return { kind: 'not_here' }
  if (!task.in_other) return { kind: 'not_there' }
  const { duration_seconds: took, other_duration_seconds: other } = task
  if (task.state !== task.other_state || took == null || other == null) return { kind: 'state' }
  return { kind: took >= other ? 'longer' : 'shorter', seconds: Math.abs(took - other) }
}

/** A value of a conf on one line; undefined: it is not set. */
export function confText(conf: Record<string, unknown>, key: string): string | undefined {
  return key in conf ? JSON.stringify(conf[key]) : undefined
}
