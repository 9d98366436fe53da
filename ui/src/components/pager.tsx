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

/** `previous_cursor` is left out by lists that only go on. */
type Cursors = { next_cursor: string | null; previous_cursor?: string | null }

/** Of a list by cursor; `at` is where one is now, and undefined the first page. */
export function CursorPager({
  page,
  at,
  onGo,
}: {
  page: Cursors
  at: string | undefined
  onGo: (cursor: string | undefined) => void
}) {
  const { t } = useTranslation()
  if (!page.next_cursor && !at) return null
  return (
    <nav aria-label={t('pager.label')} className="flex justify-end gap-2 px-3 py-2">
      <Button small look="quiet" disabled={!at} onClick={() => onGo(undefined)}>
        {t('pager.first')}
      </Button>
      {page.previous_cursor !== undefined && (
        <Button small disabled={!page.previous_cursor} onClick={() => onGo(page.previous_cursor ?? undefined)}>
          {t('pager.before')}
        </Button>
      )}
      <Button small disabled={!page.next_cursor} onClick={() => onGo(page.next_cursor ?? undefined)}>
        {t('pager.next')}
      </Button>
    </nav>
  )
}
