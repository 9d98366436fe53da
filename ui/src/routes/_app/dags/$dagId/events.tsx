/** What happened to a DAG: what people and programs did, and apart from that what its tasks did. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Happened, Told } from '@/access/happened'
import { $api, type Schemas } from '@/api/client'
import { Empty } from '@/components/empty'
import { TabLinks } from '@/components/page'
import { Pager } from '@/components/pager'
import { useRecorded } from '@/components/sentence'
import { STATES, type State, StateBadge, StateIcon } from '@/components/state'
import { Table } from '@/components/table'
import { Duration, Time } from '@/components/time'
import { taskChangesQuery } from '@/dag/queries'
import { NARROW, useMedia } from '@/lib/media'
import { one, whole } from '@/lib/search'
import { dagTopic } from '@/live/topics'

const LIMIT = 50

export const Route = createFileRoute('/_app/dags/$dagId/events')({
  validateSearch: (search) => ({ ...one(search, 'of', ['tasks']), ...whole(search, 'offset') }),
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) =>
    deps.of === 'tasks'
      ? context.queryClient.ensureQueryData(taskChangesQuery(params.dagId))
      : context.queryClient.ensureQueryData(eventsQuery(params.dagId, deps.offset)),
  component: View,
})

function eventsQuery(dagId: string, offset = 0) {
  return {
    ...$api.queryOptions('get', '/api/v2/eventLogs', {
      params: { query: { dag_id: dagId, limit: LIMIT, offset, order_by: ['-event_log_id'] } },
    }),
    meta: { topics: [dagTopic(dagId)] },
  }
}

function View() {
  const { t } = useTranslation('dagpages')
  const { dagId } = Route.useParams()
  const { of } = Route.useSearch()
  return (
    <>
      <h2 className="visually-hidden">{t('events.title')}</h2>
      <div className="mb-3 border-line border-b">
        <TabLinks
          label={t('events.which')}
          tabs={[
            {
              label: t('events.people'),
              link: { to: '/dags/$dagId/events', params: { dagId }, search: {} },
              exact: true,
              search: true,
            },
            {
              label: t('events.tasks'),
              link: { to: '/dags/$dagId/events', params: { dagId }, search: { of: 'tasks' } },
              search: true,
            },
          ]}
        />
      </div>
      <div className="card">{of === 'tasks' ? <Tasks dagId={dagId} /> : <People dagId={dagId} />}</div>
    </>
  )
}

function People({ dagId }: { dagId: string }) {
  const { t } = useTranslation('dagpages')
  const { offset = 0 } = Route.useSearch()
  const navigate = Route.useNavigate()
  const narrow = useMedia(NARROW)
  const { data } = useSuspenseQuery(eventsQuery(dagId, useDeferredValue(offset)))
  if (data.event_logs.length === 0) return <Empty title={t('events.none')}>{t('events.none_what')}</Empty>
  return (
    <>
      <Table
        label={t('events.people')}
        rows={data.event_logs}
        rowKey={(row) => String(row.event_log_id)}
        columns={[
          {
            key: 'at',
            head: t('events.at'),
            className: 'w-1',
            cell: (row) => (
              <>
                <Time at={row.when} />
                {narrow && <div className="text-sm text-ink-2">{row.owner ?? t('events.tradewind')}</div>}
              </>
            ),
          },
          {
            key: 'who',
            head: t('events.who'),
            wideOnly: true,
            cell: (row) => !narrow && (row.owner ?? t('events.tradewind')),
          },
          {
            key: 'what',
            head: t('events.what'),
            cell: (row) => (
              <>
                <Happened event={row.event} />
                {narrow && <Where dagId={dagId} row={row} />}
              </>
            ),
          },
          {
            key: 'where',
            head: t('events.where'),
            wideOnly: true,
            cell: (row) => !narrow && <Where dagId={dagId} row={row} />,
          },
          {
            key: 'extra',
            head: t('events.extra'),
            wideOnly: true,
            cell: (row) => <Told extra={row.extra} />,
          },
        ]}
      />
      <Pager
        offset={offset}
        limit={LIMIT}
        total={data.total_entries}
        onGo={(next) => void navigate({ search: next > 0 ? { offset: next } : {} })}
      />
    </>
  )
}

function Where({ dagId, row }: { dagId: string; row: Schemas['EventLogResponse'] }) {
  const { t } = useTranslation('dagpages')
  if (!row.run_id) return <span className="text-ink-2">{row.task_id ?? t('events.dag')}</span>
  if (row.task_id) {
    return (
      <Link
        to="/dags/$dagId/runs/$runId/tasks/$taskId"
        params={{ dagId, runId: row.run_id, taskId: row.task_id }}
        title={row.run_id}
        className="inline-flex min-h-6 items-center break-all"
      >
        {row.task_id}
      </Link>
    )
  }
  return (
    <Link
      to="/dags/$dagId/runs/$runId"
      params={{ dagId, runId: row.run_id }}
      title={row.run_id}
      className="inline-flex min-h-6 items-center"
    >
      {row.logical_date ? <Time at={row.logical_date} /> : <code className="break-all">{row.run_id}</code>}
    </Link>
  )
}

function Tasks({ dagId }: { dagId: string }) {
  const { t } = useTranslation('dagpages')
  const recorded = useRecorded()
  const { data } = useSuspenseQuery(taskChangesQuery(dagId))
  if (data.changes.length === 0) return <Empty title={t('events.no_tasks')}>{t('events.no_tasks_what')}</Empty>
  return (
    <>
      <p className="border-line border-b px-3 py-2 text-sm text-ink-2">{t('events.tasks_what')}</p>
      <Table
        label={t('events.tasks')}
        rows={data.changes.map((change, index) => ({ ...change, key: `${index} ${change.at}` }))}
        rowKey={(row) => row.key}
        columns={[
          { key: 'at', head: t('events.at'), className: 'w-1', cell: (row) => <Time at={row.at} /> },
          { key: 'state', head: t('events.state'), cell: (row) => <AttemptState state={row.state} /> },
          {
            key: 'task',
            head: t('events.task'),
            cell: (row) => (
              <Link
                to="/dags/$dagId/runs/$runId/tasks/$taskId"
                params={{ dagId, runId: row.run_id, taskId: row.task_id }}
                search={row.map_index >= 0 ? { map_index: row.map_index } : {}}
                title={row.run_id}
                className="inline-flex min-h-6 items-center break-all"
              >
                {row.map_index >= 0 ? `${row.task_id} [${row.map_index}]` : row.task_id}
              </Link>
            ),
          },
          {
            key: 'try',
            head: t('events.try'),
            className: 'text-end',
            cell: (row) => (row.try_number > 0 ? row.try_number : '–'),
          },
          {
            key: 'took',
            head: t('events.took'),
            className: 'text-end',
            cell: (row) => <Duration start={row.start_date} end={row.end_date} />,
          },
          {
            key: 'why',
            head: t('events.why'),
            wideOnly: true,
            cell: (row) =>
              row.error && !(row.state in OTHERS) ? (
                <code className="line-clamp-2 break-all">{row.error}</code>
              ) : (
                recorded(row.error || row.reason)
              ),
          },
        ]}
      />
    </>
  )
}

const OTHERS = { lost: 'failed', cancelled: 'removed', rescheduled: 'up_for_reschedule' } as const

/** An attempt has states that a task instance does not. */
function AttemptState({ state }: { state: string }) {
  const { t } = useTranslation('dagpages')
  if (STATES.includes(state as State) || !(state in OTHERS)) return <StateBadge state={state} />
  const name = state as keyof typeof OTHERS
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StateIcon state={OTHERS[name]} />
      {t(`events.${name}`)}
    </span>
  )
}
