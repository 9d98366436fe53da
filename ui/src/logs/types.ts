/** What a log is made of, as the server gives it.  Used by everything in this folder. */
import type { Schemas } from '@/api/client'

export type LogRecord = Schemas['LogRecord']
export type LogPart = Schemas['LogRangeResponse']
export type LogOutline = Schemas['LogOutlineResponse']

export const LEVELS = ['debug', 'info', 'warning', 'error', 'critical'] as const
export type Level = (typeof LEVELS)[number]

/** What has no level of its own counts as info, as in the counts of the server. */
export function levelOf(record: Pick<LogRecord, 'level'>): Level {
  return LEVELS.includes(record.level as Level) ? (record.level as Level) : 'info'
}

/** Which log: a try of a task instance; `file`: a try that was lost has several. */
export type LogAddress = {
  dagId: string
  runId: string
  taskId: string
  mapIndex: number
  tryNumber?: number
  file?: number
}
