/** The assets that started a run, and those that it updated. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { Empty } from '@/components/empty'
import { Section } from '@/components/page'
import { Table } from '@/components/table'
import { Time } from '@/components/time'
import { runTopic } from '@/live/topics'

type Event = Schemas['AssetEventResponse']

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId/assets')({ component: Assets })

function Assets() {
  const { t } = useTranslation('run')
  const { dagId, runId } = Route.useParams()
  const meta = { topics: [runTopic(dagId, runId)] }
  const consumed = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/upstreamAssetEvents', {
      params: { path: { dag_id: dagId, dag_run_id: runId } },
    }),
    meta,
  }).data.asset_events
  const made = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/v2/assets/events', {
      params: { query: { source_dag_id: dagId, source_run_id: runId, limit: 100, order_by: ['-timestamp'] } },
    }),
    meta,
  }).data.asset_events
  return (
    <div className="space-y-4">
      <Section title={t('assets.made')}>
        {made.length === 0 ? (
          <Empty title={t('assets.made_none')}>{t('assets.none_what')}</Empty>
        ) : (
          <Events label={t('assets.made')} events={made} />
        )}
      </Section>
      <Section title={t('assets.consumed')}>
        {consumed.length === 0 ? (
          <Empty title={t('assets.consumed_none')} />
        ) : (
          <Events label={t('assets.consumed')} events={consumed} />
        )}
      </Section>
    </div>
  )
}

function Events({ label, events }: { label: string; events: readonly Event[] }) {
  const { t } = useTranslation('run')
  return (
    <Table
      label={label}
      rows={events}
      rowKey={(event) => String(event.id)}
      columns={[
        {
          key: 'asset',
          head: t('assets.asset'),
          cell: (event) => (
            <Link
              to="/assets/$assetId"
              params={{ assetId: String(event.asset_id) }}
              title={event.uri ?? undefined}
              className="inline-flex min-h-6 items-center break-all"
            >
              {event.name ?? event.uri}
            </Link>
          ),
        },
        { key: 'at', head: t('assets.at'), cell: (event) => <Time at={event.timestamp} /> },
        { key: 'from', head: t('assets.from'), cell: (event) => <From event={event} /> },
        {
          key: 'started',
          head: t('assets.started'),
          wideOnly: true,
          cell: (event) => (
            <span className="flex flex-col">
              {event.created_dagruns.map((run) => (
                <Link
                  key={run.run_id}
                  to="/dags/$dagId/runs/$runId"
                  params={{ dagId: run.dag_id, runId: run.run_id }}
                  title={run.run_id}
                  className="inline-flex min-h-6 items-center"
                >
                  {run.dag_id}
                </Link>
              ))}
            </span>
          ),
        },
        {
          key: 'extra',
          head: t('assets.extra'),
          wideOnly: true,
          cell: (event) =>
            event.extra && Object.keys(event.extra).length > 0 ? (
              <code className="line-clamp-2 max-w-md break-all">{JSON.stringify(event.extra)}</code>
            ) : (
              '–'
            ),
        },
      ]}
    />
  )
}

function From({ event }: { event: Event }) {
  if (!event.source_dag_id || !event.source_run_id) return <span className="text-ink-3">–</span>
  const name = [event.source_dag_id, event.source_task_id].filter(Boolean).join('.')
  if (!event.source_task_id) {
    return (
      <Link to="/dags/$dagId/runs/$runId" params={{ dagId: event.source_dag_id, runId: event.source_run_id }}>
        {name}
      </Link>
    )
  }
  return (
    <Link
      to="/dags/$dagId/runs/$runId/tasks/$taskId"
      params={{ dagId: event.source_dag_id, runId: event.source_run_id, taskId: event.source_task_id }}
      search={event.source_map_index >= 0 ? { map_index: event.source_map_index } : {}}
      className="inline-flex min-h-6 items-center break-all"
    >
      {event.source_map_index >= 0 ? `${name} [${event.source_map_index}]` : name}
    </Link>
  )
}
