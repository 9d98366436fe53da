/** Tell of an update of an asset, or have it made: each shows what it touches before it does it. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api, type Schemas } from '@/api/client'
import { Confirm } from '@/components/confirm'
import { Problem } from '@/components/failure'
import { Choice, TextArea, TextField } from '@/components/field'
import { SaidSentence } from '@/components/sentence'
import { Lines } from '@/components/skeleton'
import { StateIcon } from '@/components/state'
import { say } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { objectOf } from '@/lib/json'
import { type Effect, effects } from './effects'

type Asset = Schemas['AssetPageResponse']

function useRefresh() {
  const client = useQueryClient()
  return () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/tradewind/assets') })
}

export function EventDialog({ page, onClose }: { page: Asset; onClose: () => void }) {
  const { t } = useTranslation('assets')
  const refresh = useRefresh()
  const [extra, setExtra] = useState('{}')
  const [key, setKey] = useState('')
  const body = objectOf(extra)
  const act = async () => {
    await api.POST('/api/v2/assets/events', {
      body: { asset_id: page.asset.id, extra: body ?? {}, partition_key: key.trim() || null },
    })
    say(t('act.event_done', { name: page.asset.name }))
    await refresh()
  }
  return (
    <Confirm
      title={t('act.event_title', { name: page.asset.name })}
      description={t('act.event_what')}
      word={t('act.event')}
      ready={body !== null}
      act={act}
      onClose={onClose}
    >
      <TextArea
        label={t('act.event_extra')}
        problem={body === null ? t('act.event_extra_wrong') : undefined}
        className="font-mono"
        spellCheck={false}
        rows={4}
        value={extra}
        onChange={(event) => setExtra(event.target.value)}
      />
      <TextField
        label={t('act.event_partition')}
        maxLength={250}
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      <section aria-label={t('act.event_touches')}>
        <h3 className="mb-1">{t('act.event_touches')}</h3>
        {page.waiting.length === 0 ? (
          <p className="text-ink-2">{t('act.event_nobody')}</p>
        ) : (
          <ul className="space-y-1">
            {effects(page.waiting, page.asset, key.trim() !== '').map((effect) => (
              <Touched key={effect.dagId} effect={effect} />
            ))}
          </ul>
        )}
      </section>
    </Confirm>
  )
}

const MARKS = { runs: 'running', paused: 'deferred', waits: 'queued', partitioned: 'scheduled' } as const

function Touched({ effect }: { effect: Effect }) {
  const { t } = useTranslation('assets')
  const what = effect.kind === 'waits' ? effect.missing.join(', ') : ''
  return (
    <li className="flex items-start gap-2">
      <StateIcon state={MARKS[effect.kind]} className="mt-1" />
      <span className="min-w-0 break-words">{t(`act.event_${effect.kind}`, { name: effect.name, what })}</span>
    </li>
  )
}

export function MakeDialog({ page, onClose }: { page: Asset; onClose: () => void }) {
  const { t } = useTranslation('assets')
  const format = useFormat()
  const navigate = useNavigate()
  const refresh = useRefresh()
  const dags = [...new Set(page.asset.producers.map((task) => task.dag_id))].sort()
  const [dagId, setDagId] = useState(dags[0] ?? '')
  const [key, setKey] = useState('')
  const partition = key.trim() || null
  const body = { logical_date: null, partition_key: partition }
  const preview = useQuery({
    ...$api.queryOptions('post', '/api/tradewind/preview/trigger/{dag_id}', {
      params: { path: { dag_id: dagId } },
      body,
    }),
    gcTime: 0,
    staleTime: 0,
  })
  const act = async () => {
    // one maker: the run says what it was made for; of several, the one that was chosen is triggered
    const { data: run } =
      dags.length === 1
        ? await api.POST('/api/v2/assets/{asset_id}/materialize', {
            params: { path: { asset_id: page.asset.id } },
            body: { partition_key: partition },
          })
        : await api.POST('/api/v2/dags/{dag_id}/dagRuns', { params: { path: { dag_id: dagId } }, body })
    say(t('act.make_done', { name: dagId }))
    await refresh()
    if (run) await navigate({ to: '/dags/$dagId/runs/$runId', params: { dagId: run.dag_id, runId: run.dag_run_id } })
  }
  return (
    <Confirm
      title={t('act.make_title', { name: page.asset.name })}
      description={t('act.make_what')}
      word={t('act.make')}
      ready={preview.data !== undefined}
      act={act}
      onClose={onClose}
    >
      {dags.length > 1 && (
        <Choice
          label={t('act.make_dag')}
          value={dagId}
          onChange={(event) => setDagId(event.target.value)}
          options={dags.map((id) => [id, id] as const)}
        />
      )}
      <TextField
        label={t('act.event_partition')}
        maxLength={250}
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      <section aria-label={t('act.event_touches')} aria-live="polite">
        <h3 className="mb-1">{t('act.event_touches')}</h3>
        <Problem error={preview.error} />
        {preview.isPending && <Lines count={2} />}
        {preview.data && (
          <ul className="list-disc ps-5 space-y-1">
            <li>
              {t('act.make_run', { name: dagId, count: preview.data.tasks })}
              {preview.data.estimate.seconds === null
                ? ''
                : ` (${t('act.make_takes', { duration: format.duration(preview.data.estimate.seconds) })})`}
              {preview.data.waits.length === 0 && `; ${t('act.make_at_once')}`}
            </li>
            {preview.data.waits_said.map((wait, index) => (
              <li key={preview.data.waits[index]}>
                <SaidSentence
                  said={wait.kind === 'phrase' ? wait.phrase : null}
                  text={preview.data.waits[index] ?? ''}
                />
              </li>
            ))}
            {page.waiting.length > 0 && (
              <li>{t('act.make_then', { names: page.waiting.map((dag) => dag.name).join(', ') })}</li>
            )}
          </ul>
        )}
      </section>
    </Confirm>
  )
}
