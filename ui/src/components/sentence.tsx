/** Sentences of the server: what stands between backticks is code, and what is data is said in the person's language. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useFormat } from '@/format/use-format'
import { inWords, type Language, recorded, type Said } from '@/i18n/said'

/** The groups of `said` that the store keeps as text. */
const KEPT = ['recorded', 'lost', 'rule'] as const

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
  return <Sentence text={useSaid()(said, text)} />
}

/** What helps: a command to run, or a sentence. */
export function Fix({ condition }: { condition: Pick<Schemas['ConditionResponse'], 'fix' | 'fix_said'> }) {
  if (!condition.fix) return null
  if (!condition.fix_said && condition.fix.startsWith('tradewind ')) return <Sentence text={`\`${condition.fix}\``} />
  return <SaidSentence said={condition.fix_said} text={condition.fix} />
}

/** What `SaidSentence` shows, as text. */
export function useSaid(): (said: Said | null, text: string) => string {
  return useWords().said
}

/** Texts that the store keeps in English, such as why a task was skipped, in the person's language where it can be. */
export function useRecorded(): (text: string | null | undefined) => string {
  return useWords().kept
}

function useWords() {
  // the page does not wait for these texts: until they are there, it says what the server said
  const { t, i18n, ready } = useTranslation(['said', 'common'], { useSuspense: false })
  const format = useFormat()
  const loose = t as unknown as (key: string, values?: Record<string, string | number>) => string
  const language: Language = {
    text: (key, values) => (i18n.exists(`said:${key}`, values) ? loose(`said:${key}`, values) : null),
    state: (state) => loose(`common:state.${state}`),
    time: format.dateTime,
    duration: format.duration,
    count: format.count,
    recorded: (text) => kept(text),
  }
  const said = (what: Said | null, text: string) => (what === null || !ready ? text : (inWords(what, language) ?? text))
  const kept = (text: string | null | undefined): string => {
    const english = i18n.getResourceBundle('en', 'said') as Record<(typeof KEPT)[number], object> | undefined
    if (!text || !ready || !english) return text ?? ''
    const all = Object.fromEntries(
      KEPT.flatMap((group) =>
        Object.entries(english[group] ?? {}).map(([key, pattern]) => [`${group}.${key}`, String(pattern)]),
      ),
    )
    const whole = recorded(text, all)
    if (whole !== null) return said(whole, text)
    // `try 2 of 2 failed: ValueError: …`: what follows is of the user's code, or why the attempt was lost
    const [first = '', ...rest] = text.split(': ')
    const begin = rest.length > 0 ? recorded(first, all) : null
    if (begin === null) return text
    const then = rest.join(': ')
    const why = recorded(then, all)
    return `${said(begin, first)}: ${why === null ? then : said(why, then)}`
  }
  return { said, kept }
}
