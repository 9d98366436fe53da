/**
 * What a page says to who does not see it: a result came, another line is looked at.  Politely, and not each of many: what
 * is said within half a second replaces what was to be said before it.
 */
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

const AFTER = 500
const ANSWERED_WITHIN = 10_000

let speak: (text: string) => void = () => {}
let timer: ReturnType<typeof setTimeout> | undefined

export function announce(text: string): void {
  clearTimeout(timer)
  timer = setTimeout(() => speak(text), AFTER)
}

// a list says how long it is only to the person who narrows it: what changes by itself is not said
let narrowed = -Infinity
let counted = ''
addEventListener(
  'input',
  ({ target, timeStamp }) => {
    if (!(target instanceof Element) || target.closest('search, form.filters') === null) return
    narrowed = timeStamp
    counted = ''
  },
  { capture: true, passive: true },
)

/** Says how many are shown when a filter of the page led to them.  `what` is another object whenever they are others. */
export function useCounted(what: unknown, count: number): void {
  const { t } = useTranslation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: others may be as many
  useEffect(() => {
    const text = t('shown', { count })
    if (performance.now() - narrowed > ANSWERED_WITHIN || text === counted) return
    counted = text
    announce(text)
  }, [what, count, t])
}

/** Stands in the shell from the beginning: screen readers heed only what was there before. */
export function Announcer() {
  const [said, setSaid] = useState({ text: '', odd: false })
  useEffect(() => {
    // the same words again are heard again
    speak = (text) => setSaid((before) => ({ text, odd: !before.odd }))
    return () => {
      speak = () => {}
    }
  }, [])
  return (
    <p role="status" className="visually-hidden" data-testid="announced">
      {said.text}
      {said.odd ? '\u00a0' : ''}
    </p>
  )
}
