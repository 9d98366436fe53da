/**
 * What is said of a run in one line: "Failed after 3 m: `quality` raised ValueError: row count 99 < 100; 1 task skipped;
 * last success yesterday 00:02".  Pure: texts and formats are arguments.  What stands between backticks is code.
 */
import type { Schemas } from '@/api/client'
import { isRaised } from './raised'

type Summary = Schemas['RunSummaryResponse']

/** A text by its key, in the language of the person. */
export type Say = (key: string, values?: Record<string, string | number>) => string

export type Words = {
  say: Say
  /** A text of the store in the language of the person. */
  recorded?: (text: string) => string
  duration: (seconds: number) => string
  /** `yesterday 00:02` */
  when: (at: string) => string
}

const LONGEST = 160
const BY_OTHERS = new Set(['success', 'failed', 'skipped', 'upstream_failed', 'removed'])

/** `now` in milliseconds: for what is not over yet. */
export function runSentence(summary: Summary, words: Words, now: number): string {
  const { say } = words
  const parts: string[] = []
  const took = secondsOf(summary, now)
  const duration = took === null ? '' : words.duration(took)
  switch (summary.outcome) {
    case 'queued':
      parts.push(say('sentence.queued', { duration: words.duration(since(summary.queued_at, now)) }))
      break
    case 'running':
      parts.push(say('sentence.running', { duration, done: finished(summary), total: summary.task_instances }))
      break
    case 'success':
      parts.push(took === null ? say('sentence.success_at_once') : say('sentence.success', { duration }))
      break
    case 'success_with_failures':
      parts.push(say('sentence.tolerated', { duration, count: summary.failed }))
      break
    case 'failed':
      parts.push(took === null ? say('sentence.failed_at_once') : say('sentence.failed', { duration }))
  }
  const why = culprit(summary, words)
  if (why !== '') parts[0] += `: ${why}`
  if (summary.failed > 1) parts.push(say('sentence.more_failed', { count: summary.failed - 1 }))
  if (summary.skipped > 0) parts.push(say('sentence.skipped', { count: summary.skipped }))
  const waiting = summary.counts.awaiting_input ?? 0
  if (waiting > 0) parts.push(say('sentence.awaiting', { count: waiting }))
  if (summary.outcome !== 'success' && summary.outcome !== 'queued') parts.push(lastSuccess(summary, words))
  return parts.filter(Boolean).join('; ')
}

function culprit(summary: Summary, { say, recorded = (text) => text }: Words): string {
  const found = summary.culprit
  if (!found) return summary.outcome === 'failed' && summary.reason ? recorded(summary.reason) : ''
  const task = found.map_index >= 0 ? `${found.task_id} [${found.map_index}]` : found.task_id
  const message = shortened(found.message.replaceAll('`', '´'))
  if (isRaised(found.error_type) && message)
    return say('sentence.raised', { task, error: `${lastName(found.error_type)}: ${message}` })
  if (isRaised(found.error_type)) return say('sentence.raised', { task, error: lastName(found.error_type) })
  const reason = shortened(recorded(found.message || (found.reason ?? '')).replaceAll('`', '´'))
  return reason ? say('sentence.failed_task', { task, reason }) : say('sentence.failed_task_only', { task })
}

function lastSuccess(summary: Summary, words: Words): string {
  const last = summary.last_success
  if (last) return words.say('sentence.last_success', { when: words.when(last.end_date ?? last.run_after) })
  return summary.outcome === 'failed' ? words.say('sentence.never') : ''
}

/** `requests.exceptions.HTTPError` as `HTTPError`. */
function lastName(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1)
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text
}

function finished(summary: Summary): number {
  return Object.entries(summary.counts).reduce((sum, [state, count]) => sum + (BY_OTHERS.has(state) ? count : 0), 0)
}

function since(at: string | null | undefined, now: number): number {
  return at ? Math.max(0, (now - Date.parse(at)) / 1000) : 0
}

/** How long the run took, or takes; null: it has not started. */
function secondsOf(summary: Summary, now: number): number | null {
  if (!summary.start_date) return null
  if (summary.end_date && summary.outcome !== 'running') return summary.duration_seconds ?? null
  return Math.round(since(summary.start_date, now))
}
