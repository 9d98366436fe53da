/** There is no page with this address. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { buttonClass } from './button'

export function Missing() {
  const { t } = useTranslation()
  return (
    <main className="card m-4 max-w-2xl p-5">
      <h1 className="mb-1">{t('missing.title')}</h1>
      <p className="mb-4 text-ink-2">{t('missing.what')}</p>
      <Link to="/" className={buttonClass('primary')}>
        {t('missing.home')}
      </Link>
    </main>
  )
}
