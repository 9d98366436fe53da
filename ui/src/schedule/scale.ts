/** The time axis of the schedule: ticks, and where runs are drawn. */

import type { Zoom } from './filter'
import { type Span, TICK } from './window'

/** Milliseconds by which clocks of a zone are ahead of UTC at a moment. */
export function zoneOffset(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value)
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return wall - Math.floor(at / 1000) * 1000
}

/** Moments to write on the axis: whole steps of the clock on the wall, also when summer begins in between. */
export function ticks(span: Span, zoom: Zoom, zone: string): number[] {
  const step = TICK[zoom]
  const found = new Set<number>()
  for (let near = span.from - step; near <= span.to + step; near += step) {
    const wall = Math.round((near + zoneOffset(near, zone)) / step) * step
    const at = wall - zoneOffset(wall - zoneOffset(near, zone), zone)
    if (at >= span.from && at <= span.to) found.add(at)
  }
  return [...found].sort((a, b) => a - b)
}

/** Where a moment lies in the window: 0 at its start, 1 at its end. */
export function place(at: number, span: Span): number {
  return (at - span.from) / (span.to - span.from)
}

export type Item<What> = { start: number; end: number; what: What }
export type Bar<What> = { x: number; width: number; lane: number; members: What[]; start: number; end: number }

export const LEAST_WIDTH = 12
export const MOST_LANES = 3

/**
 * Bars of one row on `width` pixels: each at least as wide as its shape needs, those that overlap in lanes under each
 * other.  Where the lanes are full, what would overlap becomes one bar with several members, if they are `alike`.
 */
export function arrange<What>(
  items: readonly Item<What>[],
  span: Span,
  width: number,
  alike: (one: What, other: What) => boolean = () => true,
): Bar<What>[] {
  const lanes: Bar<What>[][] = Array.from({ length: MOST_LANES }, () => [])
  const sorted = items
    .filter((item) => item.end >= span.from && item.start < span.to)
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
  for (const item of sorted) {
    const left = Math.max(0, place(Math.max(item.start, span.from), span) * width)
    const right = Math.min(width, place(Math.min(item.end, span.to), span) * width)
    const wide = Math.max(right - left, LEAST_WIDTH)
    const x = Math.max(0, Math.min(left, width - wide))
    const bar = { x, width: wide, members: [item.what], start: item.start, end: item.end }
    const free = lanes.findIndex((lane) => {
      const last = lane.at(-1)
      return last === undefined || last.x + last.width + 1 <= x
    })
    if (free >= 0) {
      lanes[free]?.push({ ...bar, lane: free })
      continue
    }
    // the lane whose last bar begins last: it is the nearest one
    const ends = lanes.flatMap((lane) => lane.at(-1) ?? []).sort((a, b) => b.x - a.x)
    const near = ends.find((last) => alike(last.members[0] as What, item.what))
    if (near !== undefined) {
      near.members.push(item.what)
      near.width = Math.max(near.width, x + wide - near.x)
      near.end = Math.max(near.end, item.end)
      continue
    }
    // what must not be mixed stands beside what is there
    const first = ends.reduce((a, b) => (b.x + b.width < a.x + a.width ? b : a))
    lanes[first.lane]?.push({ ...bar, x: first.x + first.width + 1, lane: first.lane })
  }
  return lanes.flat().sort((a, b) => a.x - b.x || a.lane - b.lane)
}
