/** Sentences of the server: what stands between backticks is code, and what is data is said in the person's language. */
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { usePreferences } from '@/app/preferences'
import { plain } from '@/format/plain'
import { useFormat } from '@/format/use-format'
import { finder } from '@/i18n'
import { EVERY, KEPT, type Place, placeOf, placesOf } from '@/i18n/places'
import { inWords, type Language, type Said } from '@/i18n/said'
import type { Texts } from '@/i18n/told'
import { useSettled } from '@/lib/warm'

const SCHEDULES: readonly Place[] = ['rhythm']
const ENGLISH = EVERY.filter((place) => place !== 'recorded')
const LOADING: readonly Place[] = ['loading']
const NONE: readonly Place[] = []

export function Sentence({ text }: { text: string }) {
  return (
    <span className="wrap-anywhere">
      {text.split('`').map((part, index) =>
        index % 2 === 1 ? (
          <code key={index} className="rounded-sm bg-sunken px-1">
            {part}
          </code>
        ) : (
          part
        ),
      )}
    </span>
  )
}

/** `said` in the person's language; `text`, the server's English, where there are no words for it. */
export function SaidSentence({ said, text }: { said: Said | null; text: string }) {
  const english = usePreferences().language === 'en'
  const places = useMemo(() => (said === null ? [] : placesOf(said, !english)), [said, english])
  return <Sentence text={useWords(places).said(said, text)} />
}

/** Why a file does not load: as the engine, Python or the user's code said it; the engine's words in the person's language. */
export function Told({ text }: { text: string }) {
  const said = useTold()(text)
  // what nobody here wrote words for is code
  if (said === text) return <code className="break-words whitespace-pre-wrap">{text}</code>
  return <Sentence text={said} />
}

/** What helps: a command to run, or a sentence. */
export function Fix({ condition }: { condition: Pick<Schemas['ConditionResponse'], 'fix' | 'fix_said'> }) {
  if (!condition.fix) return null
  if (!condition.fix_said && condition.fix.startsWith('tradewind ')) return <Sentence text={`\`${condition.fix}\``} />
  return <SaidSentence said={condition.fix_said} text={condition.fix} />
}

/** What `SaidSentence` shows, as text. */
export function useSaid(): (said: Said | null, text: string) => string {
  return useWords(usePreferences().language === 'en' ? ENGLISH : EVERY).said
}

/** As `useSaid`, for schedules only. */
export function useSaidSchedule(): (said: Said | null, text: string) => string {
  return useWords(SCHEDULES).said
}

/** Texts that the store keeps in English, such as why a task was skipped, in the person's language where it can be. */
export function useRecorded(): (text: string | null | undefined) => string {
  return useWords(usePreferences().language === 'en' ? NONE : EVERY).kept
}

/** Why a file does not load, or a connection does not work: the server's own words in the person's language. */
export function useTold(): (text: string | null | undefined) => string {
  return useWords(usePreferences().language === 'en' ? NONE : LOADING).told
}

function useWords(places: readonly Place[]) {
  // the page does not wait for these texts: until they are there, it says what the server said
  const chosen = usePreferences()
  const english = chosen.language === 'en'
  // in English that differs in details only: what the page needs more comes first
  const wanted = useSettled() || !english ? places : NONE
  const namespaces = useMemo(() => [...wanted, 'common' as const], [wanted])
  const { t, i18n, ready } = useTranslation(namespaces, { useSuspense: false })
  const format = useFormat()
  const loose = t as unknown as (key: string, values?: Record<string, string | number>) => string
  const language: Language = {
    text: (key, values) => {
      const place = `${placeOf(key)}:${key}`
      return i18n.exists(place, values) ? loose(place, values) : null
    },
    state: (state) => loose(`common:state.${state}`),
    time: format.dateTime,
    duration: format.duration,
    count: format.count,
    recorded: (text) => kept(text),
    told: (text) => told(text),
  }
  const said = (what: Said | null, text: string) =>
    what === null || !ready || wanted !== places ? text : (inWords(what, language) ?? text)
  const kept = (text: string | null | undefined): string => {
    if (!text) return ''
    if (english) return plain(text, chosen)
    const texts = i18n.getResourceBundle('en', 'recorded') as Record<(typeof KEPT)[number], object> | undefined
    const find = finder()
    if (!ready || !texts || !find) return text
    const all = Object.fromEntries(
      KEPT.flatMap((group) =>
        Object.entries(texts[group] ?? {}).map(([key, pattern]) => [`${group}.${key}`, String(pattern)]),
      ),
    )
    const whole = find.recorded(text, all)
    if (whole !== null) return said(whole, text)
    // `try 2 of 2 failed: ValueError: …`: what follows is of the user's code, or why the attempt was lost
    const [first = '', ...rest] = text.split(': ')
    const begin = rest.length > 0 ? find.recorded(first, all) : null
    if (begin === null) return text
    const then = rest.join(': ')
    const why = find.recorded(then, all)
    return `${said(begin, first)}: ${why === null ? then : said(why, then)}`
  }
  const told = (text: string | null | undefined): string => {
    const texts = i18n.getResourceBundle('en', 'loading') as Texts | undefined
    const find = finder()
    if (!text || english || !ready || !texts || !find) return text ?? ''
    return find.told(text, {
      english: texts,
      matched: find.matched,
      put: (key, values) => loose(`loading:${key}`, values),
      both: (what, fix) => loose('common:failure.fix', { what, fix }),
    })
  }
  return { said, kept, told }
}
