/** Which days the calendar asks for: known before the page is loaded. */
import { shift } from '@/lib/days'

export type Window = { first: string; last: string }

/**
 * The days that are shown: up to `until`, or a month (a day, for hours) ahead of today.  Days: a year and a month;
 * hours: eight days.
 */
export function windowOf(today: string, hours: boolean, until?: string): Window {
  const last = until ?? shift(today, hours ? 1 : 31)
  return { first: shift(last, hours ? -7 : -395), last }
}
