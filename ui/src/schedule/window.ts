/** The window of the schedule: how long it is, and where it lies around now.  Apart from the rest of the time axis, for the
 * address of the page is read before the page is loaded. */

import { ZOOMS, type Zoom } from './filter'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
export const SPAN: Record<Zoom, number> = { '1h': HOUR, '6h': 6 * HOUR, '24h': 24 * HOUR, '7d': 168 * HOUR }
export const TICK: Record<Zoom, number> = { '1h': 10 * MINUTE, '6h': HOUR, '24h': 3 * HOUR, '7d': 24 * HOUR }
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
