/**
 * Texts of the server, found again by their English: errors, and why a task is in its state.  Loaded with the texts of
 * another language: pages in English say them as they are.
 */
import type { Said, Value } from './said'

const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d| UTC)$/

/**
 * What the store keeps as English text (why a task is in its state), found again by its text: key and values; null for
 * what is no text of the engine, such as an error of the user's code.  `english` are the texts by key.
 */
export function recorded(text: string, english: Record<string, string>): Said | null {
  const found = matched(text, english)
  if (found === null) return null
  if (found.values.at !== undefined && !MOMENT.test(found.values.at)) return null
  const values: Said['values'] = Object.fromEntries(
    Object.entries(found.values).map(([name, value]) => [name, valued(name, value, english)]),
  )
  const plural = /_(one|other)$/.exec(found.key)
  if (plural && !('count' in values)) values.count = { kind: 'number', number: plural[1] === 'one' ? 1 : 2 }
  return { key: found.key.replace(/_(one|other)$/, ''), values }
}

type Shape = { pattern: RegExp; names: string[]; certain: number }
const shapes = new Map<string, Shape>()

/** How a text with holes looks when it is said; `{{s}}` is the ending of a plural. */
function shape(text: string): Shape {
  let made = shapes.get(text)
  if (made === undefined) {
    const [parts, names] = [text.split(/{{\w+}}/), [...text.matchAll(/{{(\w+)}}/g)].map((found) => found[1] as string)]
    const pattern = parts.map(
      (part, at) => escaped(part) + (at < names.length ? (names[at] === 's' ? '(s?)' : '(.+?)') : ''),
    )
    made = { pattern: new RegExp(`^${pattern.join('')}$`, 's'), names, certain: parts.join('').length }
    shapes.set(text, made)
  }
  return made
}

/** Which of the texts was said, and what stands in its holes: the one that leaves the least to them. */
export function matched(
  text: string,
  texts: Record<string, string>,
): { key: string; values: Record<string, string> } | null {
  let best: { key: string; found: RegExpExecArray; of: Shape } | null = null
  for (const [key, each] of Object.entries(texts)) {
    const of = shape(each)
    if (best !== null && of.certain <= best.of.certain) continue
    const found = of.pattern.exec(text)
    if (found !== null) best = { key, found, of }
  }
  if (best === null) return null
  const { key, found, of } = best
  return { key, values: Object.fromEntries(of.names.map((name, at) => [name, found[at + 1] ?? ''])) }
}

function valued(name: string, text: string, english: Record<string, string>): Value {
  if (name === 'state') return { kind: 'state', state: text }
  if (MOMENT.test(text)) return { kind: 'time', at: text }
  if (/^[\d.]+ s$/.test(text)) return { kind: 'seconds', seconds: Number.parseFloat(text) }
  if (name === 'count') return { kind: 'number', number: Number(text) }
  if (name !== 'parts') return { kind: 'text', text }
  const part = (each: string): Extract<Value, { kind: 'parts' }>['parts'][number] => {
    const phrase = recorded(each, english)
    return phrase === null ? { kind: 'text', text: each } : { kind: 'phrase', phrase }
  }
  return { kind: 'parts', parts: text.split(', ').map(part), between: ', ' }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
