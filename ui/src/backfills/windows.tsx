/** What is asked before a backfill's failed runs run again, and before it is cancelled.  Used by its page. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ActionFrame } from '@/actions/frame'
import { TouchedList } from '@/actions/touched'
import { $api, api, type Schemas } from '@/api/client'
import { say } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { leftOf } from './progress'

type Props = { backfill: Schemas['BackfillDetailResponse']; onClose: () => void; done: () => Promise<unknown> }

export function RetryWindow({ backfill, onClose, done }: Props) {
  const { t } = useTranslation('backfill')
  const format = useFormat()
  const path = { backfill_id: backfill.id }
  const { data, error, isFetching } = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/preview/backfills/{backfill_id}/retry', { params: { path } }),
    staleTime: 0,
    gcTime: 0,
  })
  const act = async () => {
    const { data: answer } = await api.POST('/api/tradewind/backfills/{backfill_id}/retry', { params: { path } })
    if (answer) say(t('retried', { count: answer.retried }))
    await done()
  }
  const count = data?.run_count ?? 0
  const beyond = count - (data?.runs.length ?? 0)
  return (
    <ActionFrame
      title={t('retry_title')}
      description={t('retry_what')}
      word={data ? t('retry', { count }) : t('retry_do')}
      ready={count > 0 && !isFetching}
      act={act}
      onClose={onClose}
    >
      <div className="space-y-3">
        <TouchedList loading={isFetching} error={error} parts={data ? [data] : []} nothing={t('retry_nothing')} />
        {beyond > 0 && <p>{t('retry_more', { count: beyond, shown: format.count(beyond) })}</p>}
        {data && count > 0 && <p className="text-ink-2">{t('retry_at_once', { count: data.at_once })}</p>}
        {data?.dag_is_paused && count > 0 && <p className="text-ink-2">{t('dag_paused')}</p>}
      </div>
    </ActionFrame>
  )
}

export function CancelWindow({ backfill, onClose, done }: Props) {
  const { t } = useTranslation('backfill')
  const format = useFormat()
  const act = async () => {
    await api.PUT('/api/v2/backfills/{backfill_id}/cancel', { params: { path: { backfill_id: backfill.id } } })
    say(t('cancelled'))
    await done()
  }
  const { left, queued, running } = leftOf(backfill)
  const said = (count: number) => ({ count, shown: format.count(count) })
  return (
    <ActionFrame
      title={t('cancel_title')}
      word={t('cancel')}
      leave={t('cancel_not')}
      ready
      danger
      act={act}
      onClose={onClose}
    >
      <ul className="list-disc space-y-1 ps-5">
        {left === null ? (
          <li>{t('cancel_left_unknown')}</li>
        ) : (
          (left > 0 || queued + running === 0) && <li>{t('cancel_left', said(left))}</li>
        )}
        {queued > 0 && <li>{t('cancel_queued', said(queued))}</li>}
        {running > 0 && <li>{t('cancel_running', said(running))}</li>}
      </ul>
    </ActionFrame>
  )
}
