/** The time axis of the schedule: windows, ticks, and where runs are drawn. */

import { ZOOMS, type Zoom } from './filter'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const SPAN: Record<Zoom, number> = { '1h': HOUR, '6h': 6 * HOUR, '24h': 24 * HOUR, '7d': 168 * HOUR }
const TICK: Record<Zoom, number> = { '1h': 10 * MINUTE, '6h': HOUR, '24h': 3 * HOUR, '7d': 24 * HOUR }
/** So much of the window lies before now. */
const BEFORE = 0.6

export type Span = { from: number; to: number }

/** The window around now: it begins on a tick, so that looking again shows the same one. */
export function around(now: number, zoom: Zoom): Span {
  const step = TICK[zoom] / 2
  const from = Math.floor((now - BEFORE * SPAN[zoom]) / step) * step
  return { from, to: from + SPAN[zoom] }
}

/** The window from a moment of the address on; what is no moment is the window around now. */
export function windowOf(at: string | undefined, now: number, zoom: Zoom): Span {
  const from = at === undefined ? Number.NaN : Date.parse(at)
  return Number.isNaN(from) ? around(now, zoom) : { from, to: from + SPAN[zoom] }
}

/** Another zoom that keeps the middle. */
export function zoomed(span: Span, zoom: Zoom): Span {
  const from = (span.from + span.to) / 2 - SPAN[zoom] / 2
  return { from, to: from + SPAN[zoom] }
}

/** The closest zoom whose window holds the span. */
export function zoomFor(length: number): Zoom {
  return ZOOMS.find((zoom) => SPAN[zoom] >= length) ?? '7d'
}

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
