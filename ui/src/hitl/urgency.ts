/** How much a deadline presses.  Pure. */
const HOUR = 3_600_000

/** `over`: it has passed; `soon`: within the hour. */
export function urgency(dueAt: string, now: number): 'over' | 'soon' | 'later' {
  const left = Date.parse(dueAt) - now
  if (left <= 0) return 'over'
  return left < HOUR ? 'soon' : 'later'
}
