/** Days and hours of a time zone as moments.  Used where a page asks for the runs of a day. */

const DAY = /^\d{4}-\d{2}-\d{2}$/
const parts = new Map<string, Intl.DateTimeFormat>()

function formatter(zone: string): Intl.DateTimeFormat {
  let made = parts.get(zone)
  if (made === undefined) {
    made = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    parts.set(zone, made)
  }
  return made
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function ahead(at: number, zone: string): number {
  const found = Object.fromEntries(
    formatter(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}

/** `2026-11-22`: the day a moment falls on in a zone. */
export function dayOf(at: number | string, zone: string): string {
  const moment = new Date(at).getTime()
  return new Date(moment + ahead(moment, zone)).toISOString().slice(0, 10)
}

/** The first moment of a day in a zone, in milliseconds. */
export function startOf(day: string, zone: string): number {
  const wall = Date.parse(`${day}T00:00:00Z`)
  const once = wall - ahead(wall, zone)
  const twice = wall - ahead(once, zone)
  // where the clocks skip midnight, the day begins at the moment they skip to
  return dayOf(twice, zone) < day ? Math.max(once, twice) : twice
}

/** `2026-11-22T09:14:00`: what the clocks of a zone show at a moment, as fields for date and time have it. */
export function wallClock(at: number | string, zone: string): string {
  const moment = new Date(at).getTime()
  return new Date(moment + ahead(moment, zone)).toISOString().slice(0, 19)
}

/**
 * The moment at which the clocks of a zone show this.  Where they show it twice (they are put back) the first; where
 * they never do (they are put forward) as long after the jump as it would have been: 02:30 is 03:30 then.
 */
export function atClock(wall: string, zone: string): number {
  const shown = Date.parse(`${wall.length === 10 ? `${wall}T00:00` : wall}Z`)
  const before = shown - ahead(shown - 86_400_000, zone)
  const after = shown - ahead(shown + 86_400_000, zone)
  const isIt = (moment: number) => moment + ahead(moment, zone) === shown
  return !isIt(before) && isIt(after) ? after : before
}

/** The day that many days later. */
export function shift(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** A bound in an address: a day, or a moment with its offset; something else is none. */
export function isBound(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(DAY.test(text) ? `${text}T00:00:00Z` : text))
}

export function isDay(text: string | undefined): text is string {
  return text !== undefined && DAY.test(text) && isBound(text)
}

/** From the first day (or moment) to the last one, which belongs to it when it is a day: as two moments. */
export function span(from: string | undefined, to: string | undefined, zone: string): { from?: string; to?: string } {
  const moment = (text: string, after: number) =>
    new Date(isDay(text) ? startOf(shift(text, after), zone) : text).toISOString()
  return {
    ...(isBound(from) ? { from: moment(from, 0) } : {}),
    ...(isBound(to) ? { to: moment(to, 1) } : {}),
  }
}
