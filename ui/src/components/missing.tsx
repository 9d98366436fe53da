/** There is no page with this address. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useTitle } from '@/lib/use-title'
import { buttonClass } from './button'

export function Missing() {
  const { t } = useTranslation()
  useTitle(t('missing.title'))
  return (
    <main className="grid min-h-svh place-items-center p-4">
      <div className="card w-full max-w-md p-6">
        <h1 className="mb-1">{t('missing.title')}</h1>
        <p className="mb-4 text-ink-2">{t('missing.what')}</p>
        <Link to="/" className={buttonClass('primary')}>
          {t('missing.home')}
        </Link>
      </div>
    </main>
  )
}
