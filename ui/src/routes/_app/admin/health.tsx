/** Services: which processes live, which went, what the workers are at. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { Section } from '@/components/page'
import { StateIcon } from '@/components/state'
import { type Column, Table } from '@/components/table'
import { Ago, Duration, Time } from '@/components/time'
import { useFormat } from '@/format/use-format'

const query = { ...$api.queryOptions('get', '/api/tradewind/health', {}), meta: { topics: ['health', 'home'] } }

export const Route = createFileRoute('/_app/admin/health')({ component: Health })

const MARKS = { healthy: 'success', unhealthy: 'failed', unknown: 'none' } as const
const LIVES = { alive: 'success', ended: 'skipped', lost: 'failed' } as const

function Health() {
  const { t } = useTranslation('admin')
  const { data } = useSuspenseQuery(query)
  const format = useFormat()
  const work = ({ running, queued }: Schemas['ProcessHealth']) =>
    [
      ...(running > 0 ? [t('health.running', { count: running, shown: format.count(running) })] : []),
      ...(queued > 0 ? [t('health.queued', { count: queued, shown: format.count(queued) })] : []),
    ].join(', ')
  const columns: Column<Schemas['ProcessHealth']>[] = [
    { key: 'kind', head: t('health.kind'), cell: (row) => kindWord(t, row.kind) },
    {
      key: 'status',
      head: t('health.status'),
      cell: (row) => (
        <span className="inline-flex items-center gap-1.5">
          <StateIcon state={LIVES[row.status]} />
          {t(`health.${row.status}`)}
        </span>
      ),
    },
    { key: 'work', head: t('health.work'), cell: (row) => work(row) || '–' },
    { key: 'host', head: t('health.host'), cell: (row) => <code>{row.hostname}</code>, wideOnly: true },
    { key: 'start', head: t('health.started'), cell: (row) => <Time at={row.started_at} />, wideOnly: true },
    { key: 'beat', head: t('health.heartbeat'), cell: (row) => <Time at={row.latest_heartbeat} /> },
  ]
  const living = data.processes.filter((row) => row.status === 'alive')
  const gone = data.processes.filter((row) => row.status !== 'alive')
  return (
    <div className="grid gap-4">
      <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        <li className="card p-4">
          <h2>{t('health.database')}</h2>
          <p className="flex items-center gap-1.5 text-ink-2">
            <StateIcon state="success" />
            {data.database}
          </p>
        </li>
        {data.services.map((service) => (
          <Service key={service.kind} service={service} />
        ))}
      </ul>
      <Section title={t('health.processes')}>
        <Table label={t('health.processes')} rows={living} rowKey={(row) => row.id} columns={columns} />
        {gone.length > 0 && (
          <details className="border-line border-t">
            <summary className="cursor-pointer px-4 py-2 text-ink-2">
              {t('health.gone', { count: gone.length, shown: format.count(gone.length) })}
            </summary>
            <Table label={t('health.gone_label')} rows={gone} rowKey={(row) => row.id} columns={columns} />
          </details>
        )}
      </Section>
      <Section title={t('health.at_work')}>
        {data.at_work.length === 0 ? (
          <p className="px-4 py-3 text-ink-2">{t('health.idle')}</p>
        ) : (
          <Table
            label={t('health.at_work')}
            rows={data.at_work}
            rowKey={(row) => `${row.dag_id} ${row.run_id} ${row.task_id} ${row.map_index}`}
            columns={[
              { key: 'task', head: t('health.task'), cell: (row) => <AtWork row={row} /> },
              { key: 'try', head: t('health.try'), cell: (row) => row.try_number, className: 'text-end' },
              {
                key: 'process',
                head: t('health.process'),
                cell: (row) => (
                  <code>
                    {row.hostname}
                    {row.pid !== null && ` ${row.pid}`}
                  </code>
                ),
                wideOnly: true,
              },
              {
                key: 'since',
                head: t('health.since'),
                className: 'text-end',
                cell: (row) => row.start_date && <Duration start={row.start_date} end={null} />,
              },
            ]}
          />
        )}
      </Section>
    </div>
  )
}

function AtWork({ row }: { row: Schemas['TaskAtWork'] }) {
  const { dag_id: dagId, run_id: runId, task_id: taskId, map_index } = row
  return (
    <Link
      to="/dags/$dagId/runs/$runId/tasks/$taskId"
      params={{ dagId, runId, taskId }}
      search={map_index < 0 ? {} : { map_index }}
      className="wrap-anywhere"
    >
      {dagId} › {taskId}
      {map_index >= 0 && ` [${map_index}]`}
    </Link>
  )
}

type Translate = ReturnType<typeof useTranslation<'admin'>>['t']
const KINDS = ['scheduler', 'dag_processor', 'triggerer', 'executor', 'worker', 'api_server'] as const

function kindWord(t: Translate, kind: string): string {
  const known = KINDS.find((one) => one === kind)
  return known ? t(`health.of.${known}`) : kind
}

function Service({ service }: { service: Schemas['ServiceHealth'] }) {
  const { t } = useTranslation('admin')
  return (
    <li className="card p-4">
      <h2>{kindWord(t, service.kind)}</h2>
      <p className="flex items-center gap-1.5 text-ink-2">
        <StateIcon state={MARKS[service.status]} />
        {t(`health.${service.status}`)}
        {service.alive > 1 && ` · ${t('health.count', { count: service.alive })}`}
      </p>
      {service.status === 'unhealthy' && service.latest_heartbeat && (
        <p className="text-sm text-ink-2">
          {t('health.last_heard')} <Ago at={service.latest_heartbeat} />
        </p>
      )}
    </li>
  )
}
