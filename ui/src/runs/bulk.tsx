/** What can be done with several runs at once: each shows what it touches before it is done. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionFrame } from '@/actions/frame'
import { TouchedList } from '@/actions/touched'
import { ClearDialog, DeleteRunDialog, MarkDialog } from '@/actions/windows'
import { api } from '@/api/client'
import { Button } from '@/components/button'
import { Problem } from '@/components/failure'
import { Choice, TextField } from '@/components/field'
import { Lines } from '@/components/skeleton'
import { useStateWord } from '@/components/state'
import { say } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { byDag, each, merged, type RunKey } from './touched'

type Action = 'clear' | 'success' | 'failed' | 'delete'
type Props = { runs: readonly RunKey[]; onDone: () => void }

export function Bulk({ runs, onDone }: Props) {
  const { t } = useTranslation('runs')
  const [asking, setAsking] = useState<Action | null>(null)
  const close = () => setAsking(null)
  const [first] = runs
  const target = first && runs.length === 1 ? { dagId: first.dag_id, runId: first.run_id } : undefined
  return (
    <section
      aria-label={t('bulk.label')}
      className="flex flex-wrap items-center gap-2 border-line border-b bg-brand-soft px-3 py-1.5"
    >
      <span className="flex-1" role="status">
        {t('bulk.chosen', { count: runs.length })}
      </span>
      {(['clear', 'success', 'failed', 'delete'] as const).map((action) => (
        <Button key={action} small look={action === 'delete' ? 'danger' : 'plain'} onClick={() => setAsking(action)}>
          {t(`bulk.${action}`)}
        </Button>
      ))}
      <Button small look="quiet" onClick={onDone}>
        {t('bulk.none')}
      </Button>
      {asking === 'clear' &&
        (target ? <ClearDialog target={target} onClose={close} /> : <ClearRuns runs={runs} onClose={close} />)}
      {(asking === 'success' || asking === 'failed') &&
        (target ? (
          <MarkDialog target={target} state={asking} onClose={close} />
        ) : (
          <MarkRuns runs={runs} state={asking} onClose={close} />
        ))}
      {asking === 'delete' &&
        (target ? (
          <DeleteRunDialog {...target} onClose={close} onDone={onDone} />
        ) : (
          <DeleteRuns runs={runs} onClose={close} onDone={onDone} />
        ))}
    </section>
  )
}

type DialogProps = { runs: readonly RunKey[]; onClose: () => void }

const entities = (runs: readonly RunKey[]) => runs.map(({ dag_id, run_id }) => ({ dag_id, dag_run_id: run_id }))
const ofAll = { params: { path: { dag_id: '~' } } }

function ClearRuns({ runs, onClose }: DialogProps) {
  const { t } = useTranslation(['runs', 'touch'])
  const [which, setWhich] = useState<'failed' | 'all'>('failed')
  const [note, setNote] = useState('')
  const body = { dag_runs: entities(runs), only_failed: which === 'failed', only_new: false }
  const options = { include_dependent_dags: true, ...body }
  const { data, error, isFetching } = useQuery({
    queryKey: ['clear runs', options],
    queryFn: async () => {
      const { data } = await api.POST('/api/v2/dags/{dag_id}/clearDagRuns', {
        ...ofAll,
        body: { ...options, dry_run: true },
      })
      const found = data && 'task_instances' in data ? data.task_instances : []
      return byDag(
        found.flatMap((item) =>
          'dag_id' in item && 'dag_run_id' in item && item.dag_run_id
            ? [{ dag_id: String(item.dag_id), dag_run_id: String(item.dag_run_id), task_id: item.task_id }]
            : [],
        ),
      )
    },
    staleTime: 0,
    gcTime: 0,
  })
  const count = (data ?? []).reduce((sum, part) => sum + part.task_instances, 0)
  return (
    <ActionFrame
      title={t('clear.title', { count: runs.length })}
      description={t('clear.what')}
      word={data ? t('touch:clear.do_count', { count }) : t('touch:clear.do')}
      ready={!isFetching && !error && count > 0}
      onClose={onClose}
      act={async () => {
        await api.POST('/api/v2/dags/{dag_id}/clearDagRuns', {
          ...ofAll,
          body: { ...options, dry_run: false, ...(note ? { note } : {}) },
        })
        say(t('touch:clear.done', { count }))
      }}
      options={
        <div className="space-y-4">
          <Choice
            label={t('touch:which.label')}
            value={which}
            onChange={(event) => setWhich(event.target.value as typeof which)}
            options={[
              ['failed', t('touch:which.failed')],
              ['all', t('touch:which.all')],
            ]}
          />
          <TextField
            label={t('touch:note')}
            value={note}
            maxLength={1000}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      }
    >
      <TouchedList loading={isFetching} error={error} parts={data ?? []} nothing={t(`touch:nothing.${which}`)} />
    </ActionFrame>
  )
}

/** The answer of a bulk request: what was not done is said. */
function check(done: { errors: { [key: string]: unknown }[] } | null | undefined): void {
  const problems = done?.errors ?? []
  if (problems.length > 0) throw new Error(problems.map((problem) => String(problem.error)).join('; '))
}

function MarkRuns({ runs, state, onClose }: DialogProps & { state: 'success' | 'failed' }) {
  const { t } = useTranslation(['runs', 'touch'])
  const word = useStateWord()
  const { data, error, isFetching } = useQuery({
    queryKey: ['mark runs', state, runs],
    queryFn: async () =>
      merged(
        await each(runs, async ({ dag_id, run_id }) => {
          const { data } = await api.POST('/api/tradewind/preview/mark-run/{dag_id}', {
            params: { path: { dag_id } },
            body: { dag_run_id: run_id, new_state: state },
          })
          return { dagId: dag_id, runs: [run_id], tasks: data?.tasks ?? {}, task_instances: data?.task_instances ?? 0 }
        }),
      ),
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <ActionFrame
      title={t('mark.title', { count: runs.length, state: word(state) })}
      description={t(`touch:mark.run_what_${state}`)}
      word={t('touch:mark.do', { state: word(state) })}
      ready={!isFetching && data !== undefined}
      onClose={onClose}
      act={async () => {
        const { data: done } = await api.PATCH('/api/v2/dags/{dag_id}/dagRuns', {
          ...ofAll,
          body: {
            actions: [
              {
                action: 'update',
                action_on_non_existence: 'fail',
                update_mask: ['state'],
                entities: entities(runs).map((entity) => ({ ...entity, state })),
              },
            ],
          },
        })
        check(done?.update)
        say(t('mark.done', { count: runs.length, state: word(state) }))
      }}
    >
      <TouchedList loading={isFetching} error={error} parts={data ?? []} nothing={t('touch:nothing.mark_run')} />
    </ActionFrame>
  )
}

function DeleteRuns({ runs, onClose, onDone }: DialogProps & { onDone: () => void }) {
  const { t } = useTranslation(['runs', 'common'])
  const format = useFormat()
  const { data, error } = useQuery({
    queryKey: ['delete runs', runs],
    queryFn: async () => {
      const found = await each(runs, async ({ dag_id, run_id }) => {
        const { data } = await api.GET('/api/tradewind/preview/delete/{dag_id}/runs/{run_id}', {
          params: { path: { dag_id, run_id } },
        })
        return data
      })
      return {
        tasks: found.reduce((sum, one) => sum + (one?.task_instances ?? 0), 0),
        unfinished: found.reduce((sum, one) => sum + (one?.unfinished ?? 0), 0),
      }
    },
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <ActionFrame
      title={t('delete.title', { count: runs.length })}
      word={t('common:delete')}
      danger
      ready={data !== undefined}
      onClose={onClose}
      act={async () => {
        const { data: done } = await api.PATCH('/api/v2/dags/{dag_id}/dagRuns', {
          ...ofAll,
          body: {
            actions: [{ action: 'delete', action_on_non_existence: 'skip', entities: entities(runs) }],
          },
        })
        check(done?.delete)
        say(t('delete.done', { count: runs.length }))
        onDone()
      }}
    >
      {error ? (
        <Problem error={error} />
      ) : data ? (
        <div className="space-y-2">
          <p>{t('delete.what', { count: data.tasks, shown: format.count(data.tasks) })}</p>
          {data.unfinished > 0 && <p className="text-danger">{t('delete.unfinished', { count: data.unfinished })}</p>}
          <ul className="max-h-56 list-inside list-disc overflow-auto">
            {runs.map(({ dag_id, run_id }) => (
              <li key={`${dag_id} ${run_id}`}>
                <code className="break-all">
                  {dag_id} {run_id}
                </code>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <Lines count={2} />
      )}
    </ActionFrame>
  )
}
