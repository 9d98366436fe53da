/** Unpausing asks first: the runs that it makes at once are counted. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api, type Schemas } from '@/api/client'
import { Button } from '@/components/button'
import { Dialog } from '@/components/dialog'
import { Problem } from '@/components/failure'
import { Lines } from '@/components/skeleton'
import { Time } from '@/components/time'
import { say } from '@/components/toast'
import { useDagsChanged } from './changes'

/** What unpausing makes, and the choice: from now on, or all that was missed. */
export function Unpause({ dagId, name, onClose }: { dagId: string; name: string; onClose: () => void }) {
  const { t } = useTranslation(['dags', 'common'])
  const changed = useDagsChanged()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const { data, error } = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/preview/unpause/{dag_id}', { params: { path: { dag_id: dagId } } }),
    staleTime: 0,
    gcTime: 0,
  })
  const act = async (confirm_past_runs: boolean) => {
    setBusy(true)
    setProblem(null)
    try {
      await api.POST('/api/tradewind/dags/{dag_id}/unpause', {
        params: { path: { dag_id: dagId } },
        body: { confirm_past_runs },
      })
      say(t('pause.unpaused', { name }))
      await changed()
      onClose()
    } catch (failure) {
      setProblem(failure)
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('pause.unpause', { name })}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="primary" busy={busy} disabled={!data} onClick={() => act((data?.count ?? 0) > 0)}>
            {data?.count ? t('pause.unpause_and_run', { count: data.count }) : t('pause.do')}
          </Button>
        </>
      }
    >
      {data ? <MadeRuns preview={data} /> : error ? null : <Lines count={2} />}
      <Problem error={error ?? problem} />
    </Dialog>
  )
}

/** How many runs that makes at once, for which time, and when the next one is due. */
function MadeRuns({ preview }: { preview: Schemas['RunsPreviewResponse'] }) {
  const { t } = useTranslation('dags')
  if (preview.count === null) {
    return (
      <div className="space-y-1">
        <p>{t('pause.runs_unknown')}</p>
        <p className="text-ink-2">{preview.unknown}</p>
      </div>
    )
  }
  return (
    <div className="space-y-1">
      <p>
        {t(preview.exact ? 'pause.runs' : 'pause.runs_about', { count: preview.count })}
        {preview.count > 0 && preview.first && (
          <>
            {' '}
            <Time at={preview.first} />
            {preview.count > 1 && ' – '}
            {preview.count > 1 && preview.last && <Time at={preview.last} />}
          </>
        )}
      </p>
      {preview.next_run_after && (
        <p className="text-ink-2">
          {t('pause.next_due')} <Time at={preview.next_run_after} />
        </p>
      )}
    </div>
  )
}
