/**
 * What the server says no with, in words: its sentence and what helps, as a person reads it, in his language where there
 * is one for it, otherwise after what kind of mistake it is.  Loaded by `wrongs` when something went wrong.
 */
import i18next from 'i18next'
import type { ApiError, WrongField } from '@/api/client'
import { preferences } from '@/app/preferences'
import { count } from '@/format/number'
import { plain } from '@/format/plain'
import { matched } from './again'
import fields from './fields.json'

const KINDS = ['400', '401', '403', '404', '409', '422', '429'] as const
const FIX = /(?:;|\n) +fix: /
const QUOTED = /(?<=^|[\s([:=])'([^']*)'(?=$|[\s.,;:?)\]])/g
const COMMAND = /: (tradewind .+)$/
/** Values that may be sentences, or parts of them, with words of their own. */
const NESTED = new Set(['problem', 'error', 'why', 'what', 'kind'])

const FIELDS: Readonly<Record<string, string>> = fields

export function inWords(error: ApiError): string {
  const kind = KINDS.find((each) => each === String(error.status)) ?? (error.status >= 500 ? '5xx' : '400')
  const what = i18next.t(`common:failure.status.${kind}`)
  if (error.fields) {
    const wrong = error.fields.map((field) => [field.name, wrongField(field)].filter(Boolean).join(': '))
    return `${what}. ${wrong.join(' · ')}`
  }
  const [text = '', ...fixes] = error.message.split(FIX)
  const said = again('what', text)
  if (said === null) return `${what}: ${error.message}`
  const fix = fixes.join('; ')
  return fix === '' ? said : i18next.t('common:failure.fix', { what: said, fix: again('fix', fix) ?? fix })
}

function wrongField({ kind, why }: WrongField): string {
  const text = FIELDS[kind]
  const found = text === undefined ? null : matched(why, { [kind]: text })
  if (found === null || !i18next.exists(`wrong:field.${kind}`, { count: 2 })) return why
  return put(`wrong:field.${kind}`, found.values)
}

/** A text of the server as it is said to people; null when there are no words for it. */
function again(group: 'what' | 'fix' | 'part', text: string): string | null {
  if (i18next.language === 'en') return english(text)
  const texts = i18next.getResourceBundle('en', 'wrong') as Record<string, Record<string, string>> | undefined
  const found = matched(text, texts?.[group] ?? {})
  return found === null ? null : put(`wrong:${group}.${found.key}`, found.values)
}

function put(key: string, found: Record<string, string>): string {
  const values: Record<string, string | number> = {}
  for (const [name, text] of Object.entries(found)) values[name] = worth(name, text)
  return (i18next.t as (key: string, values: object) => string)(key, values)
}

function worth(name: string, text: string): string | number {
  if (name === 'count') return Number(text)
  if (name === 'state') return state(text)
  if (name === 'command') return `\`${text}\``
  if (/^-?\d+$/.test(text) && name === 'number') return count(Number(text), i18next.language)
  if (i18next.language === 'en' || !NESTED.has(name)) return shown(text)
  return again('what', text) ?? again('part', text) ?? shown(text)
}

function state(text: string): string {
  const key = `common:state.${text.replaceAll("'", '')}`
  return i18next.exists(key) ? (i18next.t as (key: string) => string)(key) : text
}

/** With quotes as people write them, too. */
function shown(text: string): string {
  return plain(text, preferences()).replace(QUOTED, '“$1”')
}

/** A sentence begins with a capital, unless it begins with a name. */
function english(text: string): string {
  return shown(text.replace(COMMAND, ': `$1`')).replace(
    /^[a-z]+(?=[\s,:]|$)/,
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  )
}
