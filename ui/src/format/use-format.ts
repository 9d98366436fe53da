/** The formats for the person who looks: his language and zone are filled in. */
import { useMemo } from 'react'
import { usePreferences } from '@/app/preferences'
import { bytes, count, percent, short } from './number'
import { calendarTime, clock, dateTime, day, dayShort, duration, exactTime, minute, relative, weekday } from './time'

type Moment = string | number | Date

export function useFormat() {
  const chosen = usePreferences()
  return useMemo(
    () => ({
      dateTime: (value: Moment) => dateTime(value, chosen),
      exactTime: (value: Moment) => exactTime(value, chosen),
      clock: (value: Moment) => clock(value, chosen),
      minute: (value: Moment) => minute(value, chosen),
      weekday: (value: Moment) => weekday(value, chosen),
      day: (value: Moment) => day(value, chosen),
      dayShort: (value: Moment) => dayShort(value, chosen),
      calendarTime: (value: Moment, now?: number) => calendarTime(value, chosen, now),
      relative: (value: Moment, now?: number) => relative(value, chosen.language, now),
      duration: (seconds: number | null | undefined) => duration(seconds, chosen.language),
      count: (value: number) => count(value, chosen.language),
      short: (value: number) => short(value, chosen.language),
      percent: (value: number) => percent(value, chosen.language),
      bytes,
    }),
    [chosen],
  )
}
