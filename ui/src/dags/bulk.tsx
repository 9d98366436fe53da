/** What can be done with several DAGs at once. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api, type Schemas } from '@/api/client'
import { announce } from '@/app/announce'
import { Button } from '@/components/button'
import { Progress } from '@/components/choose-all'
import { Confirm } from '@/components/confirm'
import { say } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { inChunks } from '@/lib/chunks'
import { pause, useDagsChanged } from './changes'

/** Of DAGs on other pages less is known. */
type Dag = Pick<Schemas['DagFacts'], 'dag_id' | 'name' | 'paused'> &
  Partial<Pick<Schemas['DagFacts'], 'next_run' | 'active_runs'>>
const NAMED = 50

/** What can be done with all that are chosen. */
export function Bulk({ dags, onDone }: { dags: readonly Dag[]; onDone: () => void }) {
  const { t } = useTranslation('dags')
  const format = useFormat()
  const changed = useDagsChanged()
  const [asking, setAsking] = useState<'pause' | 'unpause' | null>(null)
  const [done, setDone] = useState(0)
  const chosen = t('bulk.chosen', { count: dags.length })
  // it comes with the first one that is chosen, when no screen reader heeds it yet
  useEffect(() => announce(chosen), [chosen])
  const which = dags.filter((dag) => dag.paused === (asking === 'unpause'))
  const holds = (dag: Dag) =>
    [
      dag.next_run ? t('bulk.next', { at: format.dateTime(dag.next_run.run_after) }) : '',
      dag.active_runs ? t('bulk.active', { count: dag.active_runs }) : '',
    ]
      .filter(Boolean)
      .map((what) => ` · ${what}`)
      .join('')
  const act = async () => {
    await inChunks(
      which,
      1,
      async ([dag]) => {
        if (!dag) return
        if (asking === 'pause') await pause(dag.dag_id)
        else {
          await api.POST('/api/tradewind/dags/{dag_id}/unpause', {
            params: { path: { dag_id: dag.dag_id } },
            body: { confirm_past_runs: false },
          })
        }
      },
      setDone,
    )
    say(t(asking === 'pause' ? 'bulk.paused' : 'bulk.unpaused', { count: which.length }))
    await changed()
    onDone()
  }
  return (
    <div className="flex flex-wrap items-center gap-2 border-line border-b bg-brand-soft px-3 py-1.5">
      <span className="flex-1">{chosen}</span>
      <Button small onClick={() => setAsking('pause')}>
        {t('bulk.ask_pause')}
      </Button>
      <Button small onClick={() => setAsking('unpause')}>
        {t('bulk.ask_unpause')}
      </Button>
      <Button small look="quiet" onClick={onDone}>
        {t('bulk.none')}
      </Button>
      {asking && (
        <Confirm
          title={t(`bulk.title_${asking}`, { count: which.length })}
          word={t(`bulk.${asking}`)}
          ready={which.length > 0}
          act={act}
          onClose={() => setAsking(null)}
        >
          <p>{t(asking === 'pause' ? 'bulk.pause_what' : 'bulk.unpause_what', { count: which.length })}</p>
          <ul className="list-disc space-y-1 ps-5">
            {which.slice(0, NAMED).map((dag) => (
              <li key={dag.dag_id} className="break-words">
                {dag.name}
                <span className="text-ink-2">{asking === 'pause' ? holds(dag) : ''}</span>
                {asking === 'unpause' && <Makes dagId={dag.dag_id} />}
              </li>
            ))}
          </ul>
          {which.length > NAMED && <p>{t('bulk.more', { count: which.length - NAMED })}</p>}
          <Progress done={done} total={which.length} />
        </Confirm>
      )}
    </div>
  )
}

/** How many runs unpausing makes at once. */
function Makes({ dagId }: { dagId: string }) {
  const { t } = useTranslation('dags')
  const { data } = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/preview/unpause/{dag_id}', { params: { path: { dag_id: dagId } } }),
    staleTime: 0,
    gcTime: 0,
  })
  if (!data) return null
  return (
    <span className="text-ink-2">
      {' · '}
      {data.count === null ? t('bulk.missed_unknown') : t('bulk.missed', { count: data.count })}
    </span>
  )
}
