/**
 * Sentences of the engine in the language of the person: by key, with times, durations and numbers as he reads them.
 * The English keys are written by `make phrases`; what has no key is said as the server said it.
 */
import type { Schemas } from '@/api/client'

export type Said = Schemas['PhraseResponse']
type Value = Said['values'][string]

export type Language = {
  /** A text of the namespace `said`, or null where there is none: the server is newer than the page. */
  text: (key: string, values: Record<string, string | number>) => string | null
  state: (state: string) => string
  time: (at: string) => string
  duration: (seconds: number) => string
  count: (value: number) => string
  /** A text that the store keeps in English. */
  recorded: (text: string) => string
}

const MOST = 3
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d| UTC)$/
/** Values that are for a terminal. */
const COMMANDS = new Set(['command', 'resume', 'cancel'])

/** In words; null when a key of it is not known. */
export function inWords(said: Said, language: Language): string | null {
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(said.values)) {
    const word = worded(value, language, name)
    if (word === null) return null
    values[name] = word
  }
  return language.text(said.key, values)
}

function worded(value: Value, language: Language, name = ''): string | number | null {
  switch (value.kind) {
    case 'text':
      if (COMMANDS.has(name)) return `\`${value.text}\``
      return name === 'why' ? language.recorded(value.text) : value.text
    case 'number':
      return name === 'count' ? value.number : language.count(value.number)
    case 'seconds':
      return language.duration(value.seconds)
    case 'time':
      return language.time(value.at)
    case 'state':
      return language.state(value.state)
    case 'names': {
      const shown = value.names.slice(0, MOST).map((each) => (value.code ? `\`${each}\`` : each))
      const more = value.names.length - shown.length
      return shown.join(', ') + (more > 0 ? (language.text('others', { count: more }) ?? '') : '')
    }
    case 'phrase':
      return inWords(value.phrase, language)
    case 'parts': {
      const parts = value.parts.map((part) => worded(part, language))
      return parts.includes(null) ? null : parts.join(value.between)
    }
  }
}

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
