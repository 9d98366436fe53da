/** Finding a text or a regular expression in lines.  Pure. */
import { plain } from './ansi'
import type { LogRecord } from './types'

export type Matcher = {
  text: string
  regex: boolean
  /** Where it is in a text: [from, to) each. */
  in: (text: string) => [number, number][]
}

/** Without `regex` small and capital letters are the same.  `wrong`: no regular expression. */
export function matcher(text: string, regex: boolean): Matcher | { wrong: string } | null {
  if (text === '') return null
  let pattern: RegExp
  try {
    pattern = new RegExp(regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), regex ? 'gm' : 'gi')
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) }
  }
  return {
    text,
    regex,
    in: (given) => {
      const found: [number, number][] = []
      for (const match of given.matchAll(pattern)) {
        if (match[0] !== '') found.push([match.index, match.index + match[0].length])
        if (found.length >= 1000) break
      }
      return found
    },
  }
}

/** What is searched of a line: what it says, and its traceback. */
export function searchable(record: LogRecord): string {
  const traces = (record.error_detail ?? []).map((error) => String(error.traceback ?? ''))
  return [plain(record.event), ...traces].join('\n')
}

/** The place after (or before) where one is, round the end; -1 when there is none. */
export function step(offsets: readonly number[], at: number | null, direction: 1 | -1): number {
  if (offsets.length === 0) return -1
  if (at === null) return direction === 1 ? 0 : offsets.length - 1
  if (direction === 1) {
    const next = offsets.findIndex((offset) => offset > at)
    return next === -1 ? 0 : next
  }
  const before = offsets.findLastIndex((offset) => offset < at)
  return before === -1 ? offsets.length - 1 : before
}

export type Run<T> = { text: string; of: T; hit: boolean }

/** Pieces of a text cut where matches begin and end. */
export function cut<T extends { text: string }>(given: readonly T[], hits: readonly [number, number][]): Run<T>[] {
  if (hits.length === 0) return given.map((of) => ({ text: of.text, of, hit: false }))
  const runs: Run<T>[] = []
  let at = 0
  let next = 0
  for (const of of given) {
    let from = 0
    while (from < of.text.length) {
      while ((hits[next]?.[1] ?? Number.POSITIVE_INFINITY) <= at + from) next += 1
      const [start, stop] = hits[next] ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
      const hit = start <= at + from
      const to = Math.min(of.text.length, (hit ? stop : start) - at)
      runs.push({ text: of.text.slice(from, to), of, hit })
      from = to
    }
    at += of.text.length
  }
  return runs
}
