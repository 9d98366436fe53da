/** Groups of lines that can be folded: `::group::name` to `::endgroup::`, one inside the other.  Pure. */
import type { LogRecord } from './types'
import { levelOf } from './types'

export type Row =
  | { kind: 'line'; key: number; record: LogRecord; depth: number }
  | { kind: 'group'; key: number; record: LogRecord; depth: number; name: string; folded: boolean; lines: number }

const BEGIN = /^::group::(.*)$/s
const END = /^::endgroup::/

type Open = { row: Extract<Row, { kind: 'group' }>; hides: boolean }

/**
 * The rows that are shown.  A group is folded at first, but for one that has an error, or the line `shown` (an offset),
 * in it, and for one that has not ended; `turned` are the offsets of those that the person turned.
 */
export function rowsOf(records: readonly LogRecord[], turned: ReadonlySet<number>, shown: number | null): Row[] {
  const unfolded = important(records, shown)
  const rows: Row[] = []
  const open: Open[] = []
  for (const record of records) {
    const begin = BEGIN.exec(record.event)
    const hidden = open.some((group) => group.hides)
    if (begin) {
      const folded = unfolded.has(record.offset) === turned.has(record.offset)
      const name = begin[1]?.trim() ?? ''
      const row = {
        kind: 'group' as const,
        key: record.offset,
        record,
        depth: open.length,
        name,
        folded,
        lines: 0,
      }
      if (!hidden) rows.push(row)
      open.push({ row, hides: hidden || folded })
    } else if (END.test(record.event)) {
      open.pop()
    } else {
      for (const group of open) group.row.lines += 1
      if (!hidden) rows.push({ kind: 'line', key: record.offset, record, depth: open.length })
    }
  }
  return rows
}

/** Offsets of the groups that are open at first. */
function important(records: readonly LogRecord[], shown: number | null): Set<number> {
  const found = new Set<number>()
  const open: number[] = []
  for (const record of records) {
    if (BEGIN.test(record.event)) open.push(record.offset)
    else if (END.test(record.event)) open.pop()
    else if (levelOf(record) === 'error' || levelOf(record) === 'critical' || record.offset === shown)
      for (const offset of open) found.add(offset)
  }
  for (const offset of open) found.add(offset)
  return found
}

/** The groups around a line, the outer one first: to be opened to show it. */
export function groupsAround(records: readonly LogRecord[], offset: number): number[] {
  const open: number[] = []
  for (const record of records) {
    if (record.offset === offset) return open
    if (BEGIN.test(record.event)) open.push(record.offset)
    else if (END.test(record.event)) open.pop()
  }
  return []
}
