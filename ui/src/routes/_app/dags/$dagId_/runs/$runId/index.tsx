/** How a run went: what failed, how many tasks are in which state, when it was, what it was given. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Copy } from '@/components/copy'
import { Section } from '@/components/page'
import { Raised } from '@/components/raised'
import { asState, runState, StateBadge, StateIcon, stateColor, useStateWord } from '@/components/state'
import { Table } from '@/components/table'
import { Duration, Time } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { runDate } from '@/lib/run-date'
import { summaryQuery } from '@/runs/queries'
import { useTriggeredBy } from '@/runs/triggered-by'

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId/')({ component: Overview })

function Overview() {
  const { t } = useTranslation('run')
  const { dagId, runId } = Route.useParams()
  const format = useFormat()
  const run = useSuspenseQuery(summaryQuery(dagId, runId)).data
  const conf = JSON.stringify(run.conf, null, 2)
  const by = useTriggeredBy()
  const facts = [
    [t('overview.after'), <Time key="after" at={run.run_after} />],
    [t('overview.queued'), <Time key="queued" at={run.queued_at} />],
    [t('overview.start'), <Time key="start" at={run.start_date} />],
    [t('overview.end'), <Time key="end" at={run.end_date} />],
    [t('overview.duration'), <Duration key="took" start={run.start_date} end={run.end_date} />],
    ...(run.data_interval_start && run.data_interval_end
      ? [
          [
            t('overview.interval'),
            t('overview.interval_of', {
              from: format.dateTime(run.data_interval_start),
              to: format.dateTime(run.data_interval_end),
            }),
          ] as const,
        ]
      : []),
    [t('overview.made'), [by(run.triggered_by), run.triggering_user].filter(Boolean).join(' · ')],
    [t('overview.version'), run.version_number],
    ...(
      [
        ['previous', run.previous],
        ['last_success', run.last_success],
      ] as const
    ).flatMap(([name, other]) =>
      other
        ? [
            [
              t(`overview.${name}`),
              <Link
                key={name}
                to="/dags/$dagId/runs/$runId"
                params={{ dagId, runId: other.run_id }}
                className="inline-flex gap-1.5"
              >
                <StateIcon state={runState(other)} className="mt-1" />
                {format.dateTime(runDate(other))}
                {other.duration_seconds != null && ` · ${format.duration(other.duration_seconds)}`}
              </Link>,
            ] as const,
          ]
        : [],
    ),
  ] as const
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="space-y-4">
        {run.failures.length > 0 && (
          <Section title={t('overview.failures')}>
            <Table
              label={t('overview.failures')}
              rows={run.failures}
              rowKey={(row) => `${row.task_id} ${row.map_index}`}
              columns={[
                {
                  key: 'task',
                  head: t('overview.task'),
                  cell: (row) => (
                    <Link
                      to="/dags/$dagId/runs/$runId/tasks/$taskId"
                      params={{ dagId, runId, taskId: row.task_id }}
                      search={row.map_index >= 0 ? { map_index: row.map_index } : {}}
                      className="inline-flex min-h-6 items-center break-all"
                    >
                      {row.map_index >= 0 ? `${row.task_id} [${row.map_index}]` : row.task_id}
                    </Link>
                  ),
                },
                {
                  key: 'error',
                  head: t('overview.error'),
                  cell: (row) => (
                    <span className="break-words">
                      <Raised type={row.error_type} message={row.message || row.reason} />
                    </span>
                  ),
                },
                {
                  key: 'try',
                  head: t('overview.try'),
                  className: 'text-end',
                  wideOnly: true,
                  cell: (row) => row.try_number,
                },
                { key: 'when', head: t('overview.when'), wideOnly: true, cell: (row) => <Time at={row.end_date} /> },
              ]}
            />
            {run.failed > run.failures.length && (
              <p className="border-line border-t px-4 py-2 text-ink-2">
                {t('overview.failures_more', { count: run.failed - run.failures.length })}
              </p>
            )}
          </Section>
        )}
        <Section title={t('overview.states')}>
          <States counts={run.counts} total={run.task_instances} />
        </Section>
        <Section title={t('overview.conf')} extra={Object.keys(run.conf).length > 0 && <Copy text={conf} />}>
          {Object.keys(run.conf).length > 0 ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            <pre tabIndex={0} className="max-h-80 overflow-auto px-4 py-3">
              {conf}
            </pre>
          ) : (
            <p className="px-4 py-3 text-ink-2">{t('overview.no_conf')}</p>
          )}
        </Section>
      </div>
      <Section title={t('overview.facts')}>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 px-4 py-3">
          {facts.map(([name, value], index) => (
            <div key={index} className="contents">
              <dt className="text-ink-2">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </div>
  )
}

function States({ counts, total }: { counts: Record<string, number>; total: number }) {
  const { t } = useTranslation('run')
  const format = useFormat()
  const word = useStateWord()
  const found = Object.entries(counts).map(([state, count]) => [asState(state), count] as const)
  if (total === 0) return <p className="px-4 py-3 text-ink-2">{t('overview.none')}</p>
  return (
    <div className="px-4 py-3">
      <div aria-hidden="true" className="flex h-2.5 gap-px overflow-hidden rounded-full">
        {found.map(([state, count]) => (
          <span key={state} title={word(state)} style={{ flexGrow: count, background: stateColor(state) }} />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
        {found.map(([state, count]) => (
          <li key={state} className="flex items-center gap-1.5">
            <StateBadge state={state} /> {format.count(count)}
          </li>
        ))}
      </ul>
    </div>
  )
}
