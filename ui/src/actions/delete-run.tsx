/** Deleting a run: shows what goes with it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { $api, api } from '@/api/client'
import { Problem } from '@/components/failure'
import { Lines } from '@/components/skeleton'
import { say } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { runTopic } from '@/live/topics'
import { withoutAsking } from '@/live/use-live'
import { ActionFrame } from './frame'

type Props = { dagId: string; runId: string; onClose: () => void; onDone?: () => unknown }

export function DeleteRunDialog({ dagId, runId, onClose, onDone }: Props) {
  const { t } = useTranslation(['touch', 'common'])
  const format = useFormat()
  const client = useQueryClient()
  const { data, error } = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/preview/delete/{dag_id}/runs/{run_id}', {
      params: { path: { dag_id: dagId, run_id: runId } },
    }),
    staleTime: 0,
    gcTime: 0,
  })
  // a page of the run is left before anything is asked again: there would be nothing to answer with
  const act = () =>
    withoutAsking(client, [runTopic(dagId, runId)], async () => {
      await api.DELETE('/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}', {
        params: { path: { dag_id: dagId, dag_run_id: runId } },
      })
      say(t('delete_run.done'))
      await onDone?.()
    })
  return (
    <ActionFrame
      title={t('delete_run.title')}
      description={<code className="break-all">{runId}</code>}
      word={t('common:delete')}
      danger
      ready={data !== undefined}
      act={act}
      onClose={onClose}
    >
      {error ? (
        <Problem error={error} />
      ) : data ? (
        <p>{t('delete_run.what', { count: data.task_instances, shown: format.count(data.task_instances) })}</p>
      ) : (
        <Lines count={2} />
      )}
    </ActionFrame>
  )
}
