/** Weeks and months as the person's country has them. */
import type { Preferences } from '@/app/preferences'
import { zoneName } from './time'

type Language = Preferences['language']
type Weeks = { firstDay: number }

const USUAL: Record<Language, number> = { en: 1, ko: 7 }

/** The day a week begins with, 1 Monday to 7 Sunday: in the browser's country where it speaks the chosen language. */
export function weekBegin(language: Language, browser: string = navigator.language): number {
  if (browser.split('-')[0] !== language) return USUAL[language]
  const locale = new Intl.Locale(browser) as Intl.Locale & { getWeekInfo?: () => Weeks; weekInfo?: Weeks }
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? USUAL[language]
}

/** The short names of the seven days, in the order of a week. */
export function weekdayNames(language: Language, begin: number = weekBegin(language)): string[] {
  const short = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  // 5 January 2026 is a Monday
  return Array.from({ length: 7 }, (_, index) => short.format(Date.UTC(2026, 0, 4 + begin + index, 12)))
}

/** `November 2026` */
export function monthName(at: number, where: Pick<Preferences, 'zone' | 'language'>): string {
  const options = { month: 'long', year: 'numeric', timeZone: zoneName(where.zone) } as const
  return new Intl.DateTimeFormat(where.language, options).format(at)
}
