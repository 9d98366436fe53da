/** A task of a run beside the drawings: state, times, why it is so, what can be done, its instances when it is mapped. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MarkState } from '@/actions/target'
import { ClearDialog, MarkDialog } from '@/actions/windows'
import { $api, ApiError } from '@/api/client'
import { useMayRun } from '@/app/session'
import { Button, buttonClass } from '@/components/button'
import { Problem } from '@/components/failure'
import { Menu, MenuItem } from '@/components/menu'
import { Fix, SaidSentence } from '@/components/sentence'
import { Lines } from '@/components/skeleton'
import { asState, StateBadge, StateIcon, useStateWord } from '@/components/state'
import { Duration, Time } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { runTopic } from '@/live/topics'
import { explainTaskQuery } from '@/task/queries'
import { TogetherWhy, waitsTogether } from '@/task/together'
import { SidePanel } from './side-panel'

type Props = {
  dagId: string
  runId: string
  taskId: string
  mapIndex?: number
  mapped: boolean
  /** Which run, where that is not clear from the page. */
  runName?: string
  onInstance: (mapIndex: number | undefined) => void
  onClose: () => void
}

export function TaskPanel(props: Props) {
  const { t } = useTranslation(['drawing', 'common'])
  const { dagId, runId, taskId, mapIndex, mapped, runName, onInstance, onClose } = props
  const mayRun = useMayRun(dagId)
  const [clearing, setClearing] = useState(false)
  const [marking, setMarking] = useState<MarkState | null>(null)
  const word = useStateWord()
  const all = mapped && mapIndex === undefined
  const name = mapIndex === undefined ? taskId : `${taskId} [${mapIndex}]`
  const target = { dagId, runId, tasks: [{ taskId, ...(mapIndex === undefined ? {} : { mapIndex }) }] }
  return (
    <SidePanel title={<code>{name}</code>} label={t('panel.label', { name })} onClose={onClose}>
      <div className="space-y-4 p-4">
        {runName && (
          <p className="text-sm text-ink-2">
            {t('panel.run')}{' '}
            <Link to="/dags/$dagId/runs/$runId" params={{ dagId, runId }} search={{ task: taskId }}>
              {runName}
            </Link>
          </p>
        )}
        {mapped && mapIndex !== undefined && (
          <Button small look="quiet" onClick={() => onInstance(undefined)}>
            {t('panel.all')}
          </Button>
        )}
        <div className="flex flex-wrap gap-2">
          {!all && (
            <Link
              to="/dags/$dagId/runs/$runId/tasks/$taskId"
              params={{ dagId, runId, taskId }}
              search={mapIndex === undefined ? {} : { map_index: mapIndex }}
              className={buttonClass('primary', true)}
            >
              {t('panel.open')}
            </Link>
          )}
          {mayRun && (
            <>
              <Button small onClick={() => setClearing(true)}>
                {t('panel.clear')}
              </Button>
              <Menu
                trigger={
                  <button type="button" className={buttonClass('plain', true)}>
                    {t('panel.mark')}
                  </button>
                }
              >
                {(['success', 'failed', 'skipped'] as const).map((state) => (
                  <MenuItem key={state} icon={<StateIcon state={state} />} onClick={() => setMarking(state)}>
                    {word(state)}
                  </MenuItem>
                ))}
              </Menu>
            </>
          )}
        </div>
        {all ? (
          <Instances dagId={dagId} runId={runId} taskId={taskId} onInstance={onInstance} />
        ) : (
          <Facts dagId={dagId} runId={runId} taskId={taskId} mapIndex={mapIndex} />
        )}
      </div>
      {clearing && <ClearDialog target={target} onClose={() => setClearing(false)} />}
      {marking && <MarkDialog target={target} state={marking} onClose={() => setMarking(null)} />}
    </SidePanel>
  )
}

type Of = { dagId: string; runId: string; taskId: string; mapIndex?: number }

function Facts({ dagId, runId, taskId, mapIndex = -1 }: Of) {
  const { t } = useTranslation('drawing')
  const path = { dag_id: dagId, dag_run_id: runId, task_id: taskId }
  const meta = { topics: [runTopic(dagId, runId)] }
  const found = useQuery({
    ...$api.queryOptions('get', '/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}', {
      params: { path: { ...path, map_index: mapIndex } },
    }),
    meta,
  })
  const explained = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/explain/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}', {
      params: { path, query: { map_index: mapIndex } },
    }),
    meta,
  })
  if (found.error instanceof ApiError && found.error.status === 404)
    return <p className="text-ink-2">{t('panel.absent')}</p>
  if (found.error) return <Problem error={found.error} />
  const task = found.data
  if (!task) return <Lines count={5} />
  const facts = [
    [t('panel.state'), <StateBadge key="state" state={task.state} />],
    [t('panel.try'), t('panel.try_of', { number: task.try_number, most: task.max_tries + 1 })],
    [t('panel.queued'), <Time key="queued" at={task.queued_when} />],
    [t('panel.start'), <Time key="start" at={task.start_date} />],
    [t('panel.end'), <Time key="end" at={task.end_date} />],
    [
      t('panel.duration'),
      <Duration key="took" start={task.start_date} end={task.state === 'running' ? null : task.end_date} />,
    ],
    [t('panel.operator'), task.operator_name ?? task.operator ?? '–'],
    [t('panel.pool'), task.pool],
    ...(task.note
      ? [
          [
            t('panel.note'),
            <span key="note" className="whitespace-pre-wrap">
              {task.note}
            </span>,
          ] as const,
        ]
      : []),
  ] as const
  return (
    <>
      {explained.data && (
        <p>
          <SaidSentence said={explained.data.said} text={explained.data.sentence} />
        </p>
      )}
      {(explained.data?.unmet ?? []).length > 0 && (
        <ul className="list-disc space-y-1 ps-5 text-sm text-ink-2">
          {explained.data?.unmet.map((condition) => (
            <li key={condition.name}>
              <SaidSentence said={condition.said} text={condition.text} />
              {condition.fix && (
                <span className="block">
                  <Fix condition={condition} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {facts.map(([name, value], index) => (
          <div key={index} className="contents">
            <dt className="text-ink-2">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** Of a mapped task: how many are in which state, and the instances, those that need attention first. */
function Instances({ dagId, runId, taskId, onInstance }: Of & { onInstance: (mapIndex: number) => void }) {
  const { t } = useTranslation('drawing')
  const format = useFormat()
  const word = useStateWord()
  const [state, setState] = useState<string>()
  const [marks, setMarks] = useState<string[]>([])
  const path = { dag_id: dagId, run_id: runId, task_id: taskId }
  const meta = { topics: [runTopic(dagId, runId)] }
  const counts = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/counts', {
      params: { path },
    }),
    meta,
  })
  const list = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/instances', {
      params: { path, query: { limit: 50, after: marks.at(-1), state: state ? [state] : undefined } },
    }),
    placeholderData: keepPreviousData,
    meta,
  })
  const waits = Object.keys(counts.data?.counts ?? {}).some(waitsTogether)
  const explained = useQuery({
    ...explainTaskQuery({ dagId, runId, taskId, mapIndex: -1 }),
    enabled: waits,
  })
  if (counts.error || list.error) return <Problem error={counts.error ?? list.error} />
  if (!counts.data || !list.data) return <Lines count={5} />
  const found = Object.entries(counts.data.counts)
  if (found.length === 0) return <p className="text-ink-2">{t('panel.absent')}</p>
  const { data } = list
  return (
    <section aria-label={t('panel.instances')} className="space-y-2">
      {waits && explained.data && <TogetherWhy explained={explained.data} />}
      <div className="flex flex-wrap gap-1.5">
        {found.map(([name, count]) => (
          <button
            key={name}
            type="button"
            aria-pressed={state === name}
            onClick={() => {
              setState(state === name ? undefined : name)
              setMarks([])
            }}
            className="inline-flex items-center gap-1.5 rounded-full border border-line px-2 py-0.5 text-sm hover:bg-hover aria-pressed:border-brand aria-pressed:bg-brand-soft"
          >
            <StateIcon state={asState(name)} />
            {word(asState(name))} {format.count(count)}
          </button>
        ))}
      </div>
      <ul className="divide-y divide-line rounded-md border border-line">
        {data.map_index.map((index, place) => (
          <li key={index}>
            <button
              type="button"
              onClick={() => onInstance(index)}
              className="flex w-full items-center gap-2 px-2.5 py-1 text-start hover:bg-hover"
            >
              <StateIcon state={asState(data.state[place])} />
              <span className="min-w-0 flex-1 truncate">
                {data.name[place] ?? `[${index}]`}
                <span className="visually-hidden"> {word(asState(data.state[place]))}</span>
              </span>
              <span className="text-sm text-ink-2">{took(data.start[place], data.end[place], format.duration)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="flex justify-end gap-2">
        {marks.length > 0 && (
          <Button small onClick={() => setMarks(marks.slice(0, -1))}>
            {t('panel.before')}
          </Button>
        )}
        {data.next && (
          <Button small onClick={() => setMarks([...marks, data.next as string])}>
            {t('panel.next')}
          </Button>
        )}
      </div>
    </section>
  )
}

function took(
  start: number | null | undefined,
  end: number | null | undefined,
  words: (seconds: number) => string,
): string {
  return start && end ? words((end - start) / 1000) : ''
}
