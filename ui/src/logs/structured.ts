/** Lines that say something in JSON: `{"table": "sales", "rows": 99}`, also behind words.  Pure. */

export type Structured = { words: string; value: object }

const LONGEST = 200_000

/** The words before the JSON, and its value; null when the line has none. */
export function structured(text: string): Structured | null {
  const end = text.trimEnd()
  if (end.length > LONGEST || !/[}\]]$/.test(end)) return null
  const at = end.search(/[{[]/)
  if (at < 0 || (at > 0 && !/\s$/.test(end.slice(0, at)))) return null
  try {
    const value: unknown = JSON.parse(end.slice(at))
    if (value === null || typeof value !== 'object') return null
    if (Object.keys(value).length === 0) return null
    return { words: end.slice(0, at).trimEnd(), value }
  } catch {
    return null // words that only look like it
  }
}
