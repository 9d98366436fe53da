/** When it is too late to answer, and what happens then. */
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useNow } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { urgency } from './urgency'

type Props = Pick<Schemas['QuestionPart'], 'due_at' | 'on_timeout'> & { defaults: string[] | null }

/** `Due in 25 minutes (06:20); then “Reject” counts.` */
export function Due({ due_at, on_timeout, defaults }: Props) {
  const { t } = useTranslation('actions')
  const format = useFormat()
  const now = useNow(10_000)
  if (!due_at) return <p className="text-sm text-ink-2">{t('no_limit')}</p>
  const how = urgency(due_at, now)
  const then =
    on_timeout === 'defaults'
      ? t('then.defaults', { answer: (defaults ?? []).join(', ') })
      : t(`then.${on_timeout ?? 'fail'}`)
  return (
    <p
      className={clsx(
        'text-sm',
        how === 'later' ? 'text-ink-2' : 'font-semibold',
        how === 'soon' && 'text-warning',
        how === 'over' && 'text-danger',
      )}
    >
      {how === 'over'
        ? t('over', { at: format.dateTime(due_at) })
        : t('due', { left: format.duration((Date.parse(due_at) - now) / 1000), at: format.dateTime(due_at) })}
      ; {then}
    </p>
  )
}
