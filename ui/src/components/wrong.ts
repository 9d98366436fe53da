/**
 * What went wrong, in words: the server's sentence; in another language than English after what kind of mistake it is.
 * Used by what shows errors: in place, as a page, as a note in the corner.
 */
import i18next from 'i18next'
import { ApiError } from '@/api/client'

const KINDS = ['400', '401', '403', '404', '409', '422', '429'] as const

export function worded(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error)
  if (error.status === 0) return i18next.t('common:failure.status.0')
  const kind = KINDS.find((each) => each === String(error.status)) ?? (error.status >= 500 ? '5xx' : '400')
  return i18next.language === 'en' ? error.message : `${i18next.t(`common:failure.status.${kind}`)}: ${error.message}`
}
