/** Pausing says first what it holds up: the next run, what waits, what goes on. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { $api } from '@/api/client'
import { Confirm } from '@/components/confirm'
import { Problem } from '@/components/failure'
import { Lines } from '@/components/skeleton'
import { say } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { pause, useDagsChanged } from './changes'

export function Pause({ dagId, name, onClose }: { dagId: string; name: string; onClose: () => void }) {
  const { t } = useTranslation('dags')
  const format = useFormat()
  const changed = useDagsChanged()
  const { data, error } = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/preview/pause/{dag_id}', { params: { path: { dag_id: dagId } } }),
    staleTime: 0,
    gcTime: 0,
  })
  const act = async () => {
    await pause(dagId)
    say(t('pause.paused', { name }))
    await changed()
  }
  return (
    <Confirm
      title={t('pause.pause', { name })}
      word={t('pause.do_pause')}
      ready={data !== undefined}
      act={act}
      onClose={onClose}
    >
      <Problem error={error} />
      {!data && !error && <Lines count={2} />}
      {data && (
        <ul className="list-disc ps-5 space-y-1">
          <li>
            {data.next_run_after
              ? t('pause.next_is_not_made', { at: format.dateTime(data.next_run_after) })
              : t('pause.none_is_made')}
          </li>
          {data.queued > 0 && <li>{t('pause.queued', { count: data.queued })}</li>}
          <li>{t('pause.running', { count: data.running })}</li>
        </ul>
      )}
    </Confirm>
  )
}
