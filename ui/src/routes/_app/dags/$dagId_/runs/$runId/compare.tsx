/** A run beside another one, by itself the last success before it: what is different. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { Empty } from '@/components/empty'
import { Choice } from '@/components/field'
import { Section } from '@/components/page'
import { asState, runState, StateBadge, useStateWord } from '@/components/state'
import { Table } from '@/components/table'
import { useFormat } from '@/format/use-format'
import { runDate } from '@/lib/run-date'
import { text } from '@/lib/search'
import { type Selection, selection } from '@/lib/selection'
import { runTopic } from '@/live/topics'
import { confText, difference } from '@/runs/difference'
import { useNewestRuns } from '@/runs/run-choice'

type Search = Selection & { with?: string }

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId/compare')({
  validateSearch: (search): Search => ({ ...selection(search), ...text(search, 'with') }),
  component: Compare,
})

function Compare() {
  const { t } = useTranslation('run')
  const { dagId, runId } = Route.useParams()
  const { with: other } = Route.useSearch()
  const asked = useDeferredValue(other)
  const navigate = useNavigate({ from: Route.fullPath })
  const format = useFormat()
  const word = useStateWord()
  const runs = useNewestRuns(dagId).filter((run) => run.run_id !== runId)
  const { data } = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/runs/{run_id}/compare', {
      params: { path: { dag_id: dagId, run_id: runId }, query: asked === undefined ? {} : { with: asked } },
    }),
    meta: { topics: [runTopic(dagId, runId)] },
  })
  const choice = (
    <Choice
      label={t('compare.choose')}
      value={other ?? ''}
      onChange={(event) =>
        void navigate({ search: (before) => ({ ...before, with: event.target.value || undefined }), replace: true })
      }
      className="max-w-80"
      options={[
        ['', t('compare.last')],
        ...(other !== undefined && !runs.some((run) => run.run_id === other) ? [[other, other] as const] : []),
        ...runs.map((run) => [run.run_id, `${format.dateTime(runDate(run))} · ${word(runState(run))}`] as const),
      ]}
    />
  )
  return (
    <div className="space-y-4">
      {choice}
      {data.other === null ? (
        <div className="card">
          <Empty title={t('compare.none')}>{t('compare.none_what')}</Empty>
        </div>
      ) : (
        <Compared dagId={dagId} runId={runId} data={data} other={data.other} />
      )}
    </div>
  )
}

type Comparison = Schemas['RunComparisonResponse']
type Reference = Schemas['RunReference']

function Compared({ dagId, runId, data, other }: { dagId: string; runId: string; data: Comparison; other: Reference }) {
  const { t } = useTranslation('run')
  const format = useFormat()
  const moment = (run: Reference) => format.dateTime(runDate(run))
  const rows = [
    {
      name: t('compare.state'),
      one: <StateBadge state={runState(data.run)} />,
      two: <StateBadge state={runState(other)} />,
    },
    {
      name: t('compare.duration'),
      one: format.duration(data.run.duration_seconds),
      two: format.duration(other.duration_seconds),
    },
    {
      name: t('compare.worked'),
      one: format.duration(data.pace.worked_seconds),
      two: data.other_pace && format.duration(data.other_pace.worked_seconds),
    },
    {
      name: t('compare.waited'),
      one: format.duration(data.pace.waited_seconds),
      two: data.other_pace && format.duration(data.other_pace.waited_seconds),
    },
    { name: t('compare.version'), one: data.version_number, two: data.other_version_number },
  ]
  const otherHead = (
    <Link to="/dags/$dagId/runs/$runId" params={{ dagId, runId: other.run_id }}>
      {moment(other)}
    </Link>
  )
  return (
    <>
      <Section title={t('compare.facts')}>
        <Table
          label={t('compare.facts')}
          rows={rows}
          rowKey={(row) => row.name}
          columns={[
            { key: 'name', head: <span className="visually-hidden">{t('compare.key')}</span>, cell: (row) => row.name },
            { key: 'one', head: t('compare.this'), cell: (row) => row.one },
            { key: 'two', head: otherHead, cell: (row) => row.two },
          ]}
        />
        {data.other_version_number !== data.version_number && (
          <p className="border-line border-t px-4 py-2">
            {t('compare.other_version', { other: data.other_version_number, version: data.version_number })}{' '}
            <Link
              to="/dags/$dagId/code"
              params={{ dagId }}
              search={{
                version: data.version_number,
                ...(data.other_version_number === null ? {} : { with: data.other_version_number }),
              }}
            >
              {t('compare.see_code')}
            </Link>
          </p>
        )}
      </Section>
      <Section title={t('compare.tasks')}>
        {data.tasks.length === 0 ? (
          <p className="px-4 py-3 text-ink-2">{t('compare.same_tasks', { total: format.count(data.compared) })}</p>
        ) : (
          <>
            <p className="border-line border-b px-4 py-2 text-ink-2">
              {t('compare.of', { count: data.tasks.length, total: format.count(data.compared) })}
            </p>
            <Table
              label={t('compare.tasks')}
              rows={data.tasks}
              rowKey={(task) => task.task_id}
              columns={[
                {
                  key: 'task',
                  head: t('compare.task'),
                  cell: (task) => (
                    <Link
                      to="/dags/$dagId/runs/$runId/timeline"
                      params={{ dagId, runId }}
                      search={{ task: task.task_id }}
                      className="inline-flex min-h-6 items-center break-all"
                    >
                      {task.task_id}
                    </Link>
                  ),
                },
                {
                  key: 'one',
                  head: t('compare.this'),
                  cell: (task) => <How task={task} of="one" place={{ dagId, runId }} />,
                },
                {
                  key: 'two',
                  head: t('compare.other'),
                  cell: (task) => <How task={task} of="two" place={{ dagId, runId: other.run_id }} />,
                },
                { key: 'change', head: t('compare.change'), cell: (task) => <Change task={task} />, wideOnly: true },
              ]}
            />
          </>
        )}
      </Section>
      <Section title={t('compare.conf')}>
        {data.conf_differs.length === 0 ? (
          <p className="px-4 py-3 text-ink-2">{t('compare.same_conf')}</p>
        ) : (
          <Table
            label={t('compare.conf')}
            rows={data.conf_differs.map((key) => ({
              key,
              one: confText(data.conf, key),
              two: confText(data.other_conf, key),
            }))}
            rowKey={(row) => row.key}
            columns={[
              { key: 'key', head: t('compare.key'), cell: (row) => <code>{row.key}</code> },
              { key: 'one', head: t('compare.this'), cell: (row) => <Value text={row.one} /> },
              { key: 'two', head: t('compare.other'), cell: (row) => <Value text={row.two} /> },
            ]}
          />
        )}
      </Section>
    </>
  )
}

type HowProps = { task: Schemas['TaskDifference']; of: 'one' | 'two'; place: { dagId: string; runId: string } }

/** How it went in one of the runs, and the way to its log there. */
function How({ task, of, place }: HowProps) {
  const { t } = useTranslation('run')
  const format = useFormat()
  const [there, state, seconds] =
    of === 'one'
      ? [task.in_run, task.state, task.duration_seconds]
      : [task.in_other, task.other_state, task.other_duration_seconds]
  if (!there) return <span className="text-ink-3">{t(of === 'one' ? 'compare.not_here' : 'compare.not_there')}</span>
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <StateBadge state={state} />
      {seconds != null && <span className="text-ink-2">{format.duration(seconds)}</span>}
      <Link
        to="/dags/$dagId/runs/$runId/tasks/$taskId"
        params={{ ...place, taskId: task.task_id }}
        aria-label={t(of === 'one' ? 'compare.log_here' : 'compare.log_there', { task: task.task_id })}
        className="inline-flex min-h-6 items-center"
      >
        {t('compare.log')}
      </Link>
    </span>
  )
}

function Change({ task }: { task: Schemas['TaskDifference'] }) {
  const { t } = useTranslation('run')
  const format = useFormat()
  const word = useStateWord()
  const found = difference(task)
  if (found.kind === 'longer' || found.kind === 'shorter')
    return t(`compare.${found.kind}`, { duration: format.duration(found.seconds) })
  if (found.kind !== 'state') return t(`compare.${found.kind}`)
  return `${word(asState(task.other_state))} → ${word(asState(task.state))}`
}

function Value({ text: value }: { text: string | undefined }) {
  const { t } = useTranslation('run')
  return value === undefined ? (
    <span className="text-ink-3">{t('compare.unset')}</span>
  ) : (
    <code className="break-all">{value}</code>
  )
}
