/**
 * What is said of a task instance in one line: "Failed after 3 m on try 2 of 3: ValueError: row count 99 < 100".
 * Pure: texts and formats are arguments.  What stands between backticks is code.
 */
import type { Schemas } from '@/api/client'
import { problem } from '@/runs/raised'
import type { Say } from '@/runs/sentence'

type Instance = Schemas['TaskInstancePart']

export type Words = {
  say: Say
  /** A text of the store in the language of the person. */
  recorded?: (text: string) => string
  duration: (seconds: number) => string
  /** `in 4 minutes` */
  relative: (at: string) => string
}

const LONGEST = 300

/** States in which the scheduler's explanation says more than this does. */
export const WAITS: ReadonlySet<string | null> = new Set([
  null,
  'scheduled',
  'queued',
  'deferred',
  'awaiting_input',
  'up_for_reschedule',
])

/** `now` in milliseconds: for what is not over yet. */
export function taskSentence(instance: Instance, words: Words, now: number): string {
  const { say, recorded = (text: string) => text } = words
  const tries = instance.tries > 1 && instance.try_number > 0
  const of = tries
    ? say('sentence.try', { number: instance.try_number, tries: Math.max(instance.tries, instance.try_number) })
    : ''
  const join = (...parts: string[]) => parts.filter(Boolean).join(' ')
  const took = instance.duration_seconds
  const duration = took === null ? '' : words.duration(took)
  const why = error(instance, recorded) || quoted(recorded(instance.reason ?? ''))
  const because = (text: string) => (why ? `${text}: ${why}` : text)
  switch (instance.state) {
    case 'success':
      return join(took === null ? say('sentence.success_at_once') : say('sentence.success', { duration }), of)
    case 'failed':
      return because(join(took === null ? say('sentence.failed_at_once') : say('sentence.failed', { duration }), of))
    case 'running':
    case 'restarting': {
      const since = instance.start_date ? Math.max(0, Math.round((now - Date.parse(instance.start_date)) / 1000)) : 0
      return join(say('sentence.running', { duration: words.duration(since) }), of)
    }
    case 'up_for_retry': {
      const when = instance.next_at ? words.relative(instance.next_at) : ''
      return `${because(join(say('sentence.failed_at_once'), of))}${when ? `; ${say('sentence.again', { when })}` : ''}`
    }
    case 'skipped':
      return because(say('sentence.skipped'))
    case 'upstream_failed':
      return because(say('sentence.upstream_failed'))
    case 'removed':
      return because(say('sentence.removed'))
    default:
      return quoted(recorded(instance.reason ?? ''))
  }
}

/** `ValueError: row count 99 < 100` of the last try that said something. */
function error(instance: Pick<Instance, 'attempts'>, recorded: (text: string) => string): string {
  const last = instance.attempts.at(-1)
  return last ? quoted(problem((last.error_type ?? '').split('.').at(-1), last.message, recorded)) : ''
}

function quoted(text: string): string {
  const safe = text.replaceAll('`', '´')
  return safe.length > LONGEST ? `${safe.slice(0, LONGEST - 1).trimEnd()}…` : safe
}

/** The tries of an instance, each with its attempts: a try that was lost, or looked several times, has several. */
export function triesOf(attempts: Instance['attempts']): { number: number; attempts: Instance['attempts'] }[] {
  const tries = new Map<number, Instance['attempts']>()
  for (const attempt of attempts) tries.set(attempt.try_number, [...(tries.get(attempt.try_number) ?? []), attempt])
  return [...tries].map(([number, of]) => ({ number, attempts: of })).sort((one, other) => one.number - other.number)
}

/** The state of an attempt as the word and the shape of a task instance. */
export function attemptState(state: string): string {
  if (state === 'rescheduled') return 'up_for_reschedule'
  return state === 'cancelled' || state === 'lost' ? 'failed' : state
}
