/** Pages of a list: where one is, and to the next. */
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/format/use-format'
import { Button } from './button'

type Props = { offset: number; limit: number; total: number; onGo: (offset: number) => void }

export function Pager({ offset, limit, total, onGo }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  if (total <= limit && offset === 0) return null
  return (
    <nav aria-label={t('pager.label')} className="flex items-center justify-end gap-2 px-3 py-2 text-sm text-ink-2">
      <span>
        {t('pager.where', {
          from: format.count(Math.min(offset + 1, total)),
          to: format.count(Math.min(offset + limit, total)),
          total: format.count(total),
        })}
      </span>
      <Button small disabled={offset === 0} onClick={() => onGo(Math.max(0, offset - limit))}>
        {t('pager.before')}
      </Button>
      <Button small disabled={offset + limit >= total} onClick={() => onGo(offset + limit)}>
        {t('pager.next')}
      </Button>
    </nav>
  )
}
