/** What went wrong, in words.  Used by what shows errors: in place, as a page, as a note in the corner. */
import i18next from 'i18next'
import { ApiError } from '@/api/client'
import { inWords } from '@/i18n/wrongs'
import { isLost } from '@/lib/lost'

export function worded(error: unknown): string {
  if (isLost(error)) return i18next.t('common:failure.part')
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error)
  if (error.status === 0) return i18next.t('common:failure.status.0')
  return inWords(error)
}
