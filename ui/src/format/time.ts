/** Times and durations in words.  The one place: nothing else in the pages turns a number or a date into text. */
import type { Preferences } from '@/app/preferences'

type Where = Pick<Preferences, 'zone' | 'language'>

const formatters = new Map<string, Intl.DateTimeFormat>()

export function zoneName(zone: string): string {
  return zone === 'local' ? Intl.DateTimeFormat().resolvedOptions().timeZone : zone
}

function formatter(where: Where, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${where.language} ${where.zone} ${JSON.stringify(options)}`
  let made = formatters.get(key)
  if (made === undefined) {
    const hours = options.hour ? { hourCycle: 'h23' as const } : {}
    made = new Intl.DateTimeFormat(where.language === 'en' ? 'en-GB' : where.language, {
      ...options,
      ...hours,
      timeZone: zoneName(where.zone),
    })
    formatters.set(key, made)
  }
  return made
}

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }
const MINUTE: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
const SECOND: Intl.DateTimeFormatOptions = { ...MINUTE, second: '2-digit' }

/** `22 Nov 2026, 09:14`: the year is left out when it is `now`'s. */
export function dateTime(value: string | number | Date, where: Where, now: Date = new Date()): string {
  const date = new Date(value)
  const year = formatter(where, { year: 'numeric' })
  const { year: _, ...short } = DAY
  const day = year.format(date) === year.format(now) ? short : DAY
  return formatter(where, { ...day, ...MINUTE }).format(date)
}

/** With seconds, milliseconds and the zone: for titles and details. */
export function exactTime(value: string | number | Date, where: Where): string {
  const date = new Date(value)
  const digits = formatter({ ...where, language: 'en' }, { ...SECOND, fractionalSecondDigits: 3 }).format(date)
  const named = formatter(where, { timeZoneName: 'short' }).formatToParts(date)
  const zone = named.find((part) => part.type === 'timeZoneName')?.value ?? zoneName(where.zone)
  return `${day(date, where)}${where.language === 'en' ? ',' : ''} ${digits} ${zone}`
}

/** `09:14:03`, in digits in every language. */
export function clock(value: string | number | Date, where: Where): string {
  return formatter({ ...where, language: 'en' }, SECOND).format(new Date(value))
}

/** `09:14` */
export function minute(value: string | number | Date, where: Where): string {
  return formatter(where, MINUTE).format(new Date(value))
}

/** `Sun 22` */
export function weekday(value: string | number | Date, where: Where): string {
  return formatter(where, { weekday: 'short', day: 'numeric' }).format(new Date(value))
}

/** `22 Nov 2026` */
export function day(value: string | number | Date, where: Where): string {
  return formatter(where, DAY).format(new Date(value))
}

/** `22 Nov`: for axes, where the year is clear. */
export function dayShort(value: string | number | Date, where: Where): string {
  return formatter(where, { day: 'numeric', month: 'short' }).format(new Date(value))
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
]

/** `3 minutes ago`, `in 2 hours`; under a second: `now`. */
export function relative(value: string | number | Date, language: string, now: number = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1000
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit)
}

const WORDS = {
  en: { d: ' d', h: ' h', m: ' m', s: ' s', ms: ' ms' },
  ko: { d: '일', h: '시간', m: '분', s: '초', ms: 'ms' },
}

/** Seconds as `340 ms`, `4.2 s`, `3 m 05 s`, `2 h 10 m`, `3 d 4 h`: two units at most, never `60 s` or `0 m`. */
export function duration(seconds: number | null | undefined, language: Preferences['language'] = 'en'): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return '–'
  const word = WORDS[language]
  const positive = Math.max(seconds, 0)
  if (positive < 0.9995) return `${Math.round(positive * 1000)}${word.ms}`
  if (positive < 9.95) return `${positive.toFixed(1)}${word.s}`
  const whole = Math.round(positive)
  if (whole < 60) return `${whole}${word.s}`
  if (whole < 3600) return pair(Math.floor(whole / 60), word.m, whole % 60, word.s)
  const minutes = Math.round(positive / 60)
  if (minutes < 1440) return pair(Math.floor(minutes / 60), word.h, minutes % 60, word.m)
  const hours = Math.round(positive / 3600)
  return pair(Math.floor(hours / 24), word.d, hours % 24, word.h)
}

function pair(first: number, one: string, second: number, two: string): string {
  return second === 0 ? `${first}${one}` : `${first}${one} ${String(second).padStart(two === ' s' ? 2 : 1, '0')}${two}`
}

/** `today 09:14`, `yesterday 00:02`; further away the date and time. */
export function calendarTime(value: string | number | Date, where: Where, now: number = Date.now()): string {
  const ymd = (at: string | number | Date) => {
    const parts = formatter({ ...where, language: 'en' }, { year: 'numeric', month: 'numeric', day: 'numeric' })
    const of = Object.fromEntries(parts.formatToParts(new Date(at)).map((part) => [part.type, Number(part.value)]))
    return Date.UTC(of.year ?? 0, (of.month ?? 1) - 1, of.day ?? 1)
  }
  const days = Math.round((ymd(value) - ymd(now)) / 86_400_000)
  if (Math.abs(days) > 1) return dateTime(value, where, new Date(now))
  const word = new Intl.RelativeTimeFormat(where.language, { numeric: 'auto' }).format(days, 'day')
  return `${word} ${formatter({ ...where, language: 'en' }, MINUTE).format(new Date(value))}`
}
