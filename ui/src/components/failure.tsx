/** Something could not be shown: the server's sentence, and what to do. */
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/api/client'
import { anew, isLost } from '@/lib/lost'
import { useTitle } from '@/lib/use-title'
import { useLiveStatus } from '@/live/use-live'
import { Button, buttonClass } from './button'
import { Sentence } from './sentence'
import { worded } from './wrong'

function isMissing(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404
}

/** It is refused now, and would be again. */
function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403
}

export function Failure({ error, reset }: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation()
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  const missing = isMissing(error)
  const refused = isRefused(error)
  const away = error instanceof ApiError && error.status === 0
  const live = useLiveStatus() === 'live'
  const again = () => {
    if (isLost(error)) return void anew()
    queries.reset()
    reset?.()
    void router.invalidate()
  }
  const back = useEffectEvent(again)
  useEffect(() => {
    if (away && live) back()
  }, [away, live])
  return (
    <div role="alert" className="card m-4 max-w-2xl p-5">
      <h1 className="mb-1">{missing ? t('failure.missing') : t('failure.title')}</h1>
      <p className="mb-4 break-words text-ink-2 first-letter:uppercase">
        <Sentence text={worded(error)} />
        {away && `. ${t('failure.by_itself')}`}
      </p>
      <div className="flex flex-wrap gap-2">
        {(missing || refused) && (
          <Link to="/" className={buttonClass('primary')}>
            {t('missing.home')}
          </Link>
        )}
        {!refused && <Button onClick={again}>{t(isLost(error) ? 'failure.anew' : 'failure.again')}</Button>}
      </div>
    </div>
  )
}

/** In the place of a page. */
export function PageFailure(props: { error: unknown; reset?: () => void }) {
  const { t } = useTranslation()
  useTitle(isMissing(props.error) ? t('failure.missing') : t('failure.title'))
  return <Failure {...props} />
}

/** In place, beside what can be shown. */
export function Problem({ error }: { error: unknown }) {
  if (!error) return null
  return (
    <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 break-words text-danger">
      <Sentence text={worded(error)} />
    </p>
  )
}
