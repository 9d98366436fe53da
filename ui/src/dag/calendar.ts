/** The layout of the calendar: months of weeks of days, days of hours, and what stands in a cell.  Pure. */
import type { Schemas } from '@/api/client'
import { shift } from '@/lib/days'

export type Counts = Record<string, number>
/** A day `2026-11-22` or an hour `2026-11-22T09`; `counts` is missing where there is nothing. */
export type Cell = { key: string; counts?: Counts }
export type Month = {
  /** `2026-11` */
  key: string
  /** Seven each, Monday first; null: a day of another month. */
  weeks: (Cell | null)[][]
}

const ORDER = ['failed', 'running', 'queued', 'tolerated', 'success', 'planned'] as const
export type Mark = (typeof ORDER)[number]

/** The server's cells by day or hour: it gives local times, so the text is the key. */
export function byKey(cells: readonly Schemas['CalendarCell'][], hours: boolean): Map<string, Counts> {
  const found = new Map<string, Counts>()
  for (const cell of cells) {
    const key = cell.at.slice(0, hours ? 13 : 10)
    const before = found.get(key)
    // when the clocks go back, an hour comes twice
    if (before === undefined) found.set(key, { ...cell.counts })
    else for (const [state, count] of Object.entries(cell.counts)) before[state] = (before[state] ?? 0) + count
  }
  return found
}

/** The place of a day in a week that begins with `begin` (1: Monday, 7: Sunday). */
function weekday(day: string, begin: number): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() - begin + 7) % 7
}

/** The months from the first to the last day, whole. */
export function months(first: string, last: string, counts: ReadonlyMap<string, Counts>, begin = 1): Month[] {
  const found: Month[] = []
  for (let day = `${first.slice(0, 7)}-01`; day.slice(0, 7) <= last.slice(0, 7); day = shift(day, 1)) {
    const key = day.slice(0, 7)
    let month = found.at(-1)
    if (month?.key !== key) {
      month = { key, weeks: [] }
      found.push(month)
    }
    const column = weekday(day, begin)
    if (column === 0 || month.weeks.length === 0) month.weeks.push(Array.from({ length: 7 }, () => null))
    const week = month.weeks.at(-1)
    if (week) week[column] = cellOf(day, counts)
  }
  return found
}

/** For each day from the first to the last its 24 hours. */
export function hourRows(
  first: string,
  last: string,
  counts: ReadonlyMap<string, Counts>,
): { day: string; cells: Cell[] }[] {
  const rows = []
  for (let day = first; day <= last; day = shift(day, 1)) {
    const cells = Array.from({ length: 24 }, (_, hour) => cellOf(`${day}T${String(hour).padStart(2, '0')}`, counts))
    rows.push({ day, cells })
  }
  return rows
}

function cellOf(key: string, counts: ReadonlyMap<string, Counts>): Cell {
  const found = counts.get(key)
  return found === undefined ? { key } : { key, counts: found }
}

/** What stands for a cell: what needs attention comes first. */
export function markOf(counts: Counts | undefined): Mark | null {
  return ORDER.find((state) => (counts?.[state] ?? 0) > 0) ?? null
}

/** States and their counts in the order of attention. */
export function parts(counts: Counts | undefined): [Mark, number][] {
  return ORDER.flatMap((state) => {
    const count = counts?.[state] ?? 0
    return count > 0 ? [[state, count] as [Mark, number]] : []
  })
}

/** Runs that are there: those to come are not. */
export function runsIn(counts: Counts | undefined): number {
  return parts(counts).reduce((sum, [state, count]) => (state === 'planned' ? sum : sum + count), 0)
}

export type Sum = { runs: number; succeeded: number; failed: number; planned: number }

export function sumOf(all: Iterable<Counts>): Sum {
  const sum = { runs: 0, succeeded: 0, failed: 0, planned: 0 }
  for (const counts of all) {
    sum.runs += runsIn(counts)
    sum.succeeded += (counts.success ?? 0) + (counts.tolerated ?? 0)
    sum.failed += counts.failed ?? 0
    sum.planned += counts.planned ?? 0
  }
  return sum
}

/** Where a key leads from a day or an hour; null: it is none of the calendar's. */
export function moved(key: string, cell: string, hours: boolean, begin = 1): string | null {
  if (hours) {
    const [day = '', hour = '00'] = cell.split('T')
    const at = Number(hour)
    const to = (next: string, clock: number) => `${next}T${String(clock).padStart(2, '0')}`
    switch (key) {
      case 'ArrowLeft':
        return at > 0 ? to(day, at - 1) : to(shift(day, -1), 23)
      case 'ArrowRight':
        return at < 23 ? to(day, at + 1) : to(shift(day, 1), 0)
      case 'ArrowUp':
        return to(shift(day, -1), at)
      case 'ArrowDown':
        return to(shift(day, 1), at)
      case 'Home':
        return to(day, 0)
      case 'End':
        return to(day, 23)
    }
    return null
  }
  switch (key) {
    case 'ArrowLeft':
      return shift(cell, -1)
    case 'ArrowRight':
      return shift(cell, 1)
    case 'ArrowUp':
      return shift(cell, -7)
    case 'ArrowDown':
      return shift(cell, 7)
    case 'Home':
      return shift(cell, -weekday(cell, begin))
    case 'End':
      return shift(cell, 6 - weekday(cell, begin))
    case 'PageUp':
      return shift(cell, -28)
    case 'PageDown':
      return shift(cell, 28)
  }
  return null
}

/** Empty months before the first one that has something are left out, but for the month of today and that before. */
export function shownMonths(all: readonly Month[], today: string): Month[] {
  const keep = shift(`${today.slice(0, 7)}-01`, -1).slice(0, 7)
  const first = all.findIndex(
    (month) => month.key >= keep || month.weeks.some((week) => week.some((cell) => cell?.counts !== undefined)),
  )
  return first < 0 ? [...all] : all.slice(first)
}
