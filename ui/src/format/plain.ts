/** Texts of the server as a person reads them: moments in his zone, durations and numbers in his language. */
import type { Preferences } from '@/app/preferences'
import { dateTime, duration } from './time'

/** As the server writes them, where they are no part of a name. */
const MOMENT = /(?<![\w'`-])\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d| UTC)(?![\w'`-])/g
const SPAN = /(?<![\w.'`-])\d+(?:\.\d+)? s(?=$|[\s.,;:)])/g

export function plain(text: string, chosen: Preferences): string {
  return text
    .replace(MOMENT, (at) => (Number.isNaN(Date.parse(at)) ? at : dateTime(at, chosen)))
    .replace(SPAN, (span) => duration(Number.parseFloat(span), chosen.language))
}
