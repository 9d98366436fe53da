/**
 * Sentences of the engine in the language of the person: by key, with times, durations and numbers as he reads them.
 * The English keys are written by `make phrases`; what has no key is said as the server said it.
 */
import type { Schemas } from '@/api/client'
import { TOLD } from './places'

export type Said = Schemas['PhraseResponse']
export type Value = Said['values'][string]

export type Language = {
  /** A text of the namespace `said`, or null where there is none: the server is newer than the page. */
  text: (key: string, values: Record<string, string | number>) => string | null
  state: (state: string) => string
  time: (at: string) => string
  duration: (seconds: number) => string
  count: (value: number) => string
  /** A text that the store keeps in English. */
  recorded: (text: string) => string
  /** Why a file does not load, kept in English, too. */
  told: (text: string) => string
}

const MOST = 3
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
      if (TOLD.has(name)) return language.told(value.text)
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
