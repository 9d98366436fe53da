/**
 * Marking: say that task instances, or a run, are success, failed or skipped.  Shows what is touched before it is done.
 *
 * Used by the pages of runs, of task instances and by the lists of them.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api } from '@/api/client'
import { TextField } from '@/components/field'
import { useStateWord } from '@/components/state'
import { say } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { ActionFrame, ReachChecks } from './frame'
import { type Chosen, chosenName, type MarkState, NO_REACH, named, type Reach, reachBody, type Target } from './target'
import { TouchedList } from './touched'

type Props = { target: Target; state: MarkState; onClose: () => void }

/** Of a whole run (`target.tasks` left out) only success and failed make sense. */
export function MarkDialog({ target, state, onClose }: Props) {
  return target.tasks === undefined ? (
    <MarkRun target={target} state={state === 'success' ? 'success' : 'failed'} onClose={onClose} />
  ) : (
    <MarkTasks target={target} tasks={target.tasks} state={state} onClose={onClose} />
  )
}

function MarkTasks({
  target: { dagId, runId },
  tasks,
  state,
  onClose,
}: {
  target: Target
  tasks: readonly Chosen[]
  state: MarkState
  onClose: () => void
}) {
  const { t } = useTranslation(['touch', 'common'])
  const word = useStateWord()
  const [reach, setReach] = useState<Reach>(NO_REACH)
  const [note, setNote] = useState('')
  const [first] = tasks
  const single = tasks.length === 1 ? first : undefined
  const { data, error, isFetching } = useQuery({
    ...$api.queryOptions('post', '/api/tradewind/preview/mark/{dag_id}', {
      params: { path: { dag_id: dagId } },
      body: {
        dag_run_id: runId,
        task_id: named(tasks),
        new_state: state,
        ...reachBody(reach),
      },
    }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
  const act = async () => {
    const { data: done } = await api.PATCH('/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances', {
      params: { path: { dag_id: dagId, dag_run_id: runId } },
      body: {
        actions: [
          {
            action: 'update',
            action_on_non_existence: 'fail',
            entities: tasks.map(({ taskId, mapIndex }) => ({
              task_id: taskId,
              ...(mapIndex === undefined ? {} : { map_index: mapIndex }),
              new_state: state,
              ...reachBody(reach),
              ...(note ? { note } : {}),
            })),
          },
        ],
      },
    })
    const problems = done?.update?.errors ?? []
    if (problems.length > 0) throw new Error(problems.map((problem) => String(problem.error)).join('; '))
    say(t('mark.done', { count: data?.task_instances ?? 0, state: word(state) }))
  }
  const count = data?.task_instances ?? 0
  return (
    <ActionFrame
      title={
        single
          ? t('mark.task', { name: chosenName(single), state: word(state) })
          : t('mark.tasks', { count: tasks.length, state: word(state) })
      }
      description={t('mark.what')}
      word={t('mark.do', { state: word(state) })}
      ready={!isFetching && count > 0}
      act={act}
      onClose={onClose}
      options={
        <div className="space-y-4">
          <ReachChecks value={reach} onChange={setReach} />
          <TextField
            label={t('note')}
            value={note}
            maxLength={1000}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      }
    >
      <Touches data={data} error={error} loading={isFetching} nothing={t('nothing.mark', { state: word(state) })} />
    </ActionFrame>
  )
}

function MarkRun({
  target: { dagId, runId },
  state,
  onClose,
}: {
  target: Target
  state: 'success' | 'failed'
  onClose: () => void
}) {
  const { t } = useTranslation(['touch', 'common'])
  const word = useStateWord()
  const { data, error, isFetching } = useQuery({
    ...$api.queryOptions('post', '/api/tradewind/preview/mark-run/{dag_id}', {
      params: { path: { dag_id: dagId } },
      body: { dag_run_id: runId, new_state: state },
    }),
    staleTime: 0,
    gcTime: 0,
  })
  const act = async () => {
    await api.PATCH('/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}', {
      params: { path: { dag_id: dagId, dag_run_id: runId }, query: { update_mask: ['state'] } },
      body: { state },
    })
    say(t('mark.run_done', { state: word(state) }))
  }
  return (
    <ActionFrame
      title={t('mark.run', { state: word(state) })}
      description={t(`mark.run_what_${state}`)}
      word={t('mark.do', { state: word(state) })}
      ready={!isFetching && data !== undefined}
      act={act}
      onClose={onClose}
    >
      <Touches data={data} error={error} loading={isFetching} nothing={t('nothing.mark_run')} />
    </ActionFrame>
  )
}

type Marked = { runs: string[]; tasks: Record<string, number>; task_instances: number; states: Record<string, number> }

function Touches({
  data,
  error,
  loading,
  nothing,
}: {
  data?: Marked
  error: unknown
  loading: boolean
  nothing: string
}) {
  const { t } = useTranslation('touch')
  const format = useFormat()
  const again = data?.states.no_status ?? 0
  return (
    <div>
      <TouchedList loading={loading} error={error} parts={data ? [data] : []} nothing={nothing} />
      {again > 0 && <p className="mt-2 text-ink-2">{t('mark.again', { count: again, shown: format.count(again) })}</p>}
    </div>
  )
}
