/** Deleting a DAG: says what goes with it, and that it comes back as long as its file is there. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

import { $api, api } from '@/api/client'
import { Confirm } from '@/components/confirm'
import { Problem } from '@/components/failure'
import { Lines } from '@/components/skeleton'
import { say } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { dagTopic } from '@/live/topics'
import { withoutAsking } from '@/live/use-live'

export function DeleteDag({ dagId, name, onClose }: { dagId: string; name: string; onClose: () => void }) {
  const { t } = useTranslation(['dags', 'common'])
  const format = useFormat()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { data, error } = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/preview/delete/{dag_id}', { params: { path: { dag_id: dagId } } }),
    staleTime: 0,
    gcTime: 0,
  })
  // the pages of the DAG are left before anything is asked again: there would be nothing to answer with
  const act = () =>
    withoutAsking(client, [dagTopic(dagId)], async () => {
      await api.DELETE('/api/v2/dags/{dag_id}', { params: { path: { dag_id: dagId } } })
      say(t('delete.done', { name }))
      await navigate({ to: '/dags' })
    })
  const counted = (what: 'runs' | 'instances' | 'backfills', count: number) =>
    t(`delete.${what}`, { count, shown: format.count(count) })
  return (
    <Confirm
      title={t('delete.title', { name })}
      word={t('common:delete')}
      danger
      ready={data !== undefined}
      act={act}
      onClose={onClose}
    >
      <Problem error={error} />
      {!data && !error && <Lines count={3} />}
      {data && (
        <div className="space-y-3">
          <p>{t('delete.gone')}</p>
          <ul className="list-disc ps-5 space-y-1">
            <li>{counted('runs', data.runs)}</li>
            <li>{counted('instances', data.task_instances)}</li>
            {data.backfills > 0 && <li>{counted('backfills', data.backfills)}</li>}
          </ul>
          {data.unfinished > 0 && (
            <p className="text-warning">
              {t('delete.unfinished', { count: data.unfinished, shown: format.count(data.unfinished) })}
            </p>
          )}
          <p className="text-ink-2">{t('delete.back')}</p>
        </div>
      )}
    </Confirm>
  )
}
