/**
 * What went wrong, in words: the server's sentence and what helps, in the person's language where there is one for it,
 * otherwise after what kind of mistake it is.  Used by what shows errors: in place, as a page, as a note in the corner.
 */
import i18next from 'i18next'
import { ApiError } from '@/api/client'
import { preferences } from '@/app/preferences'
import { count } from '@/format/number'
import { dateTime } from '@/format/time'
import { recorded } from '@/i18n/said'

const KINDS = ['400', '401', '403', '404', '409', '422', '429'] as const
const FIX = '; fix: '

export function worded(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error)
  if (error.status === 0) return i18next.t('common:failure.status.0')
  if (i18next.language === 'en') return error.message
  const kind = KINDS.find((each) => each === String(error.status)) ?? (error.status >= 500 ? '5xx' : '400')
  const what = i18next.t(`common:failure.status.${kind}`)
  if (error.fields) {
    const fields = error.fields.map(({ name, why }) => [name, again('field', why) ?? why].filter(Boolean).join(': '))
    return `${what}. ${fields.join(' · ')}`
  }
  const [text = '', ...fixes] = error.message.split(FIX)
  const said = again('what', text)
  if (said === null) return `${what}: ${error.message}`
  const fix = fixes.join(FIX)
  return fix === '' ? said : i18next.t('common:failure.fix', { what: said, fix: again('fix', fix) ?? fix })
}

function again(group: 'what' | 'fix' | 'field', text: string): string | null {
  const english = i18next.getResourceBundle('en', 'wrong') as Record<string, Record<string, string>> | undefined
  const found = recorded(text, english?.[group] ?? {})
  if (found === null) return null
  const values: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(found.values)) {
    if (value.kind === 'time') values[name] = moment(value.at)
    else if (value.kind === 'state') values[name] = state(value.state)
    else if (value.kind === 'number') values[name] = count(value.number, i18next.language)
    else if (value.kind === 'text')
      values[name] = /^\d{4}-\d\d-\d\dT/.test(value.text) ? moment(value.text) : quoted(value.text)
  }
  return (i18next.t as (key: string, values: object) => string)(`wrong:${group}.${found.key}`, values)
}

function state(text: string): string {
  return (i18next.t as (key: string) => string)(`common:state.${text.replaceAll("'", '')}`)
}

function moment(text: string): string {
  return Number.isNaN(Date.parse(text)) ? text : dateTime(text, preferences())
}

/** `'name'`, as Python quotes it, as people do. */
function quoted(text: string): string {
  return text.replace(/'([^']*)'/g, '“$1”')
}
