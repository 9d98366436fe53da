/** What people and programs did to a run. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Happened, Told } from '@/access/happened'
import { $api } from '@/api/client'
import { Empty } from '@/components/empty'
import { Pager } from '@/components/pager'
import { Table } from '@/components/table'
import { Time } from '@/components/time'
import { NARROW, useMedia } from '@/lib/media'
import { whole } from '@/lib/search'
import { type Selection, selection } from '@/lib/selection'
import { runTopic } from '@/live/topics'

const LIMIT = 50

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId/events')({
  validateSearch: (search): Selection & { offset?: number } => ({ ...selection(search), ...whole(search, 'offset') }),
  component: Events,
})

function Events() {
  const { t } = useTranslation('run')
  const { dagId, runId } = Route.useParams()
  const { offset = 0 } = useDeferredValue(Route.useSearch())
  const navigate = Route.useNavigate()
  const { data } = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/v2/eventLogs', {
      params: { query: { dag_id: dagId, run_id: runId, limit: LIMIT, offset, order_by: ['-event_log_id'] } },
    }),
    meta: { topics: [runTopic(dagId, runId)] },
  })
  const narrow = useMedia(NARROW)
  return (
    <div className="card">
      {data.event_logs.length === 0 ? (
        <Empty title={t('events.none')}>{t('events.none_what')}</Empty>
      ) : (
        <>
          <Table
            label={t('tabs.events')}
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
                    {narrow && <div className="text-sm text-ink-2">{row.owner}</div>}
                  </>
                ),
              },
              { key: 'who', head: t('events.who'), wideOnly: true, cell: (row) => !narrow && (row.owner ?? '–') },
              { key: 'what', head: t('events.what'), cell: (row) => <Happened event={row.event} /> },
              {
                key: 'task',
                head: t('events.task'),
                cell: (row) =>
                  row.task_id ? `${row.task_id}${(row.map_index ?? -1) >= 0 ? ` [${row.map_index}]` : ''}` : '–',
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
            onGo={(next) => void navigate({ search: (before) => ({ ...before, offset: next || undefined }) })}
          />
        </>
      )}
    </div>
  )
}
