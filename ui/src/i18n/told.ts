/**
 * What the server says of DAG files and plugins that do not load and of connections that were tested: kept as English
 * text, found again by it and said in the person's language.  What user code raised stays as it is.
 */
import type { matched } from './again'

export type Texts = Record<'what' | 'fix' | 'part', Record<string, string>>

export type Teller = {
  /** The English texts. */
  english: Texts
  matched: typeof matched
  /** The text of a key in the person's language. */
  put: (key: string, values: Record<string, string | number>) => string
  /** What is wrong, and what helps. */
  both: (what: string, fix: string) => string
}

const FIX = /(?:;|\n) +fix: /
/** Where in another file it happened: written behind what happened. */
const PLACE = / \(in ([^()]+), line (\d+)\)(?=$|[:;])/
/** Before a text that has words of its own: the class of an exception, or what it is about. */
const BEFORE = /^([A-Z]\w*|(?:DAG|task|task group) '[^']*'): (?=.)/
const QUOTED = /(?<=^|[\s([:=])'([^']*)'(?=$|[\s.,;:?)\]])/g
/** Values that may be sentences, or parts of them, with words of their own. */
const NESTED = new Set(['error', 'subject', 'why'])

export function told(text: string, by: Teller): string {
  const [before = '', ...fixes] = text.split(FIX)
  const place = PLACE.exec(before)
  const what = place === null ? before : before.replace(PLACE, '')
  let said = whole(what, by)
  if (place !== null) said += by.put('place', { file: place[1] ?? '', line: place[2] ?? '' })
  return fixes.reduce((all, fix) => by.both(all, again('fix', fix, by) ?? fix), said)
}

function whole(what: string, by: Teller): string {
  const said = again('what', what, by)
  if (said !== null) return said
  const before = BEFORE.exec(what)
  if (before === null) return what
  const rest = again('what', what.slice(before[0].length), by)
  if (rest === null) return what
  const subject = before[1] ?? ''
  return `${again('part', subject, by) ?? subject}: ${rest}`
}

function again(group: keyof Texts, text: string, by: Teller): string | null {
  const found = by.matched(text, by.english[group])
  if (found === null) return null
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(found.values)) values[name] = worth(name, value, by)
  return by.put(`${group}.${found.key}`, values)
}

function worth(name: string, text: string, by: Teller): string | number {
  if (name === 'count') return Number(text)
  if (!NESTED.has(name)) return shown(text)
  const said = again('part', text, by) ?? told(text, by)
  return said === text ? shown(text) : said
}

/** With quotes as people write them. */
function shown(text: string): string {
  return text.replace(QUOTED, '“$1”')
}
