/** What can be done with several runs at once: each shows what it touches before it is done. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ActionFrame } from '@/actions/frame'
import { TouchedList } from '@/actions/touched'
import { ClearDialog, DeleteRunDialog, MarkDialog } from '@/actions/windows'
import { api, type Schemas } from '@/api/client'
import { announce } from '@/app/announce'
import { Button } from '@/components/button'
import { Progress } from '@/components/choose-all'
import { Problem } from '@/components/failure'
import { Choice, TextField } from '@/components/field'
import { Lines } from '@/components/skeleton'
import { useStateWord } from '@/components/state'
import { say } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { inChunks } from '@/lib/chunks'
import { merged, type RunKey } from './touched'

type Action = 'clear' | 'success' | 'failed' | 'delete'
type Props = { runs: readonly RunKey[]; onDone: () => void }

export function Bulk({ runs, onDone }: Props) {
  const { t } = useTranslation('runs')
  const [asking, setAsking] = useState<Action | null>(null)
  const close = () => setAsking(null)
  const chosen = t('bulk.chosen', { count: runs.length })
  // it comes with the first one that is chosen, when no screen reader heeds it yet
  useEffect(() => announce(chosen), [chosen])
  const [first] = runs
  const target = first && runs.length === 1 ? { dagId: first.dag_id, runId: first.run_id } : undefined
  return (
    <section
      aria-label={t('bulk.label')}
      className="flex flex-wrap items-center gap-2 border-line border-b bg-brand-soft px-3 py-1.5"
    >
      <span className="flex-1">{chosen}</span>
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
type PreviewBody = Schemas['RunsActionPreviewBody']

/** So many go to the server at once: it answers soon, and how far it is can be said. */
const PIECE = 100

const entities = (runs: readonly RunKey[]) => runs.map(({ dag_id, run_id }) => ({ dag_id, dag_run_id: run_id }))
const ofAll = { params: { path: { dag_id: '~' } } }

/** What the action touches in all, and the runs that take it. */
function useTouched(runs: readonly RunKey[], how: Omit<PreviewBody, 'dag_runs'>) {
  return useQuery({
    queryKey: ['preview of runs', how, runs],
    queryFn: async ({ signal }) => {
      const answers = await inChunks(runs, PIECE, async (piece) => {
        const { data } = await api.POST('/api/tradewind/preview/runs', {
          body: { ...how, dag_runs: entities(piece) },
          signal,
        })
        return data as Schemas['RunsActionPreviewResponse']
      })
      const refused = answers.flatMap((answer) => answer.refused)
      const out = new Set(refused.map((run) => `${run.dag_id}\n${run.dag_run_id}`))
      return {
        parts: merged(
          answers.flatMap((answer) => answer.parts.map(({ dag_id, ...part }) => ({ ...part, dagId: dag_id }))),
        ),
        count: answers.reduce((sum, answer) => sum + answer.task_instances, 0),
        /** Those that the action changes. */
        changing: answers.reduce((sum, answer) => sum + answer.parts.reduce((n, part) => n + part.runs.length, 0), 0),
        unfinished: answers.reduce((sum, answer) => sum + answer.unfinished, 0),
        refused,
        runs: runs.filter((run) => !out.has(`${run.dag_id}\n${run.run_id}`)),
      }
    },
    staleTime: 0,
    gcTime: 0,
  })
}

function Refused({ refused }: { refused: Schemas['RefusedRun'][] }) {
  const { t } = useTranslation('runs')
  const [first] = refused
  if (!first) return null
  return (
    <p className="mb-2 text-danger">
      {t('bulk.refused', { count: refused.length, why: `${first.dag_id} ${first.dag_run_id}: ${first.why}` })}
    </p>
  )
}

function ClearRuns({ runs, onClose }: DialogProps) {
  const { t } = useTranslation(['runs', 'touch'])
  const [which, setWhich] = useState<'failed' | 'all'>('failed')
  const [note, setNote] = useState('')
  const [done, setDone] = useState(0)
  const how = { only_failed: which === 'failed', include_dependent_dags: true }
  const { data, error, isFetching } = useTouched(runs, { action: 'clear', ...how })
  const count = data?.count ?? 0
  return (
    <ActionFrame
      title={t('clear.title', { count: runs.length })}
      description={t('clear.what')}
      word={data ? t('touch:clear.do_count', { count }) : t('touch:clear.do')}
      ready={!isFetching && !error && count > 0}
      onClose={onClose}
      act={async () => {
        await inChunks(
          data?.runs ?? [],
          PIECE,
          (piece) =>
            api.POST('/api/v2/dags/{dag_id}/clearDagRuns', {
              ...ofAll,
              body: { ...how, dag_runs: entities(piece), only_new: false, dry_run: false, ...(note ? { note } : {}) },
            }),
          setDone,
        )
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
      <div>
        <Refused refused={data?.refused ?? []} />
        <TouchedList
          loading={isFetching}
          error={error}
          parts={data?.parts ?? []}
          nothing={t(`touch:nothing.${which}`)}
        />
        <Progress done={done} total={data?.runs.length ?? 0} />
      </div>
    </ActionFrame>
  )
}

/** The answers of bulk requests: what was not done is said, the first few of it. */
function check(answers: ({ errors: { [key: string]: unknown }[] } | null | undefined)[]): void {
  const problems = answers.flatMap((answer) => answer?.errors ?? [])
  if (problems.length === 0) return
  const texts = problems.slice(0, 3).map((problem) => String(problem.error))
  throw new Error([...texts, ...(problems.length > 3 ? [`+ ${problems.length - 3}`] : [])].join('; '))
}

function MarkRuns({ runs, state, onClose }: DialogProps & { state: 'success' | 'failed' }) {
  const { t } = useTranslation(['runs', 'touch'])
  const word = useStateWord()
  const format = useFormat()
  const [done, setDone] = useState(0)
  const { data, error, isFetching } = useTouched(runs, { action: 'mark', new_state: state })
  const changing = data?.changing ?? 0
  const already = (data?.runs.length ?? 0) - changing
  return (
    <ActionFrame
      title={t('mark.title', { count: runs.length, state: word(state) })}
      description={t(`mark.what_${state}`)}
      word={t('touch:mark.do', { state: word(state) })}
      ready={!isFetching && changing > 0}
      onClose={onClose}
      act={async () => {
        const answers = await inChunks(
          data?.runs ?? [],
          PIECE,
          async (piece) => {
            const { data: answer } = await api.PATCH('/api/v2/dags/{dag_id}/dagRuns', {
              ...ofAll,
              body: {
                actions: [
                  {
                    action: 'update',
                    action_on_non_existence: 'fail',
                    update_mask: ['state'],
                    entities: entities(piece).map((entity) => ({ ...entity, state })),
                  },
                ],
              },
            })
            return answer?.update
          },
          setDone,
        )
        check(answers)
        say(t('mark.done', { count: changing, state: word(state) }))
      }}
    >
      <Refused refused={data?.refused ?? []} />
      {already > 0 && changing > 0 && (
        <p className="mb-2">
          {t('mark.already', { count: already, shown: format.count(already), state: word(state) })}
        </p>
      )}
      <TouchedList
        loading={isFetching}
        error={error}
        parts={data?.parts ?? []}
        ofRuns
        nothing={t('touch:nothing.mark', { state: word(state) })}
      />
      <Progress done={done} total={data?.runs.length ?? 0} />
    </ActionFrame>
  )
}

const NAMED = 100

function DeleteRuns({ runs, onClose, onDone }: DialogProps & { onDone: () => void }) {
  const { t } = useTranslation(['runs', 'common'])
  const format = useFormat()
  const [done, setDone] = useState(0)
  const { data, error } = useTouched(runs, { action: 'delete' })
  return (
    <ActionFrame
      title={t('delete.title', { count: runs.length })}
      word={t('common:delete')}
      danger
      ready={(data?.runs.length ?? 0) > 0}
      onClose={onClose}
      act={async () => {
        const answers = await inChunks(
          data?.runs ?? [],
          PIECE,
          async (piece) => {
            const { data: answer } = await api.PATCH('/api/v2/dags/{dag_id}/dagRuns', {
              ...ofAll,
              body: { actions: [{ action: 'delete', action_on_non_existence: 'skip', entities: entities(piece) }] },
            })
            return answer?.delete
          },
          setDone,
        )
        check(answers)
        say(t('delete.done', { count: data?.runs.length ?? 0 }))
        onDone()
      }}
    >
      {error ? (
        <Problem error={error} />
      ) : data ? (
        <div className="space-y-2">
          <Refused refused={data.refused} />
          <p>{t('delete.what', { count: data.count, shown: format.count(data.count) })}</p>
          {data.unfinished > 0 && <p className="text-danger">{t('delete.unfinished', { count: data.unfinished })}</p>}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <div className="max-h-56 overflow-auto" tabIndex={0}>
            <ul className="list-disc ps-5">
              {data.runs.slice(0, NAMED).map(({ dag_id, run_id }) => (
                <li key={`${dag_id} ${run_id}`}>
                  <code className="break-all">
                    {dag_id} {run_id}
                  </code>
                </li>
              ))}
            </ul>
          </div>
          {data.runs.length > NAMED && <p>{t('delete.more', { count: data.runs.length - NAMED })}</p>}
          <Progress done={done} total={data.runs.length} />
        </div>
      ) : (
        <Lines count={2} />
      )}
    </ActionFrame>
  )
}
