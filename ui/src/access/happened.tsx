/** What the audit log tells, in words: what somebody did, and which fields it changed from what to what. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/format/use-format'
import { objectOf } from '@/lib/json'

const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/

/** The words for what was done, with its name in the API below them: programs search the log by that. */
export function Happened({ event }: { event: string }) {
  const { word } = useAudit()
  const said = word('event', event)
  if (said === null) return <code>{event}</code>
  return (
    <>
      {said} <code className="block text-sm text-ink-2">{event}</code>
    </>
  )
}

/** What an entry tells besides, from its JSON; what is none stays as it is. */
export function Told({ extra }: { extra: string | null }) {
  const { field, show } = useAudit()
  if (!extra) return null
  const told = objectOf(extra)
  if (told === null) return <code className="line-clamp-2 max-w-xl break-all">{extra}</code>
  const words = Object.entries(told).map(([name, value]) => `${field(name)}: ${show(value, name)}`)
  return (
    <span title={extra} className="line-clamp-2 max-w-xl wrap-anywhere">
      {words.join(', ')}
    </span>
  )
}

export function useAudit() {
  const { t, i18n } = useTranslation(['audit', 'common'])
  const format = useFormat()
  const loose = t as unknown as (key: string) => string
  /** Null where there is no word: what a newer server, or a plugin, enters. */
  const word = (group: 'event' | 'field', name: string): string | null =>
    i18n.exists(`audit:${group}.${name}`) ? loose(`audit:${group}.${name}`) : null
  const show = (value: unknown, field = ''): string => {
    if (value === null || value === undefined) return t('nothing')
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (typeof value === 'number') return format.count(value)
    if (typeof value !== 'string') return JSON.stringify(value)
    const known = `audit:value.${field}.${value}`
    if (i18n.exists(known)) return loose(known)
    if (ISO.test(value)) return format.dateTime(value.replace(' ', 'T'))
    return field.endsWith('state') && i18n.exists(`common:state.${value}`) ? loose(`common:state.${value}`) : value
  }
  return { word, show, field: (name: string) => word('field', name) ?? name }
}
