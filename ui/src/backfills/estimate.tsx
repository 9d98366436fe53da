/** How long it will take, and from what that is known. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useSaid } from '@/components/sentence'
import { useFormat } from '@/format/use-format'

export function Estimate({ estimate }: { estimate: Schemas['EstimateResponse'] }) {
  const { t } = useTranslation('backfill')
  const format = useFormat()
  const said = useSaid()
  if (estimate.seconds === null) return <span className="font-normal text-ink-2">{t('estimate.none')}</span>
  const about = t('estimate.about', { time: format.duration(estimate.seconds) })
  const between =
    estimate.low !== null && estimate.high !== null && format.duration(estimate.low) !== format.duration(estimate.high)
      ? t('estimate.between', { low: format.duration(estimate.low), high: format.duration(estimate.high) })
      : ''
  return (
    <span className="font-normal text-ink-2" title={said(estimate.basis_said, estimate.basis)}>
      {about} {between}
    </span>
  )
}
