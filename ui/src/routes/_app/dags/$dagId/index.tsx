/** What a DAG is up to: its newest run, how long it takes, what fails, what comes next, what it is for. */

import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useMayRun } from '@/app/session'
import { Empty } from '@/components/empty'
import { Facts } from '@/components/facts'
import { FailureLink } from '@/components/failure-link'
import { Markdown } from '@/components/markdown'
import { Section } from '@/components/page'
import { Raised } from '@/components/raised'
import { Fix, SaidSentence, Sentence } from '@/components/sentence'
import { asState, runState, StateBadge, StateIcon } from '@/components/state'
import { Table } from '@/components/table'
import { Ago, Time, useNow } from '@/components/time'
import { factsQuery, overviewQuery } from '@/dag/queries'
import { RunStrip } from '@/dag/run-strip'
import { compared, drift, trendOf } from '@/dag/trend'
import { useSchedule } from '@/dags/schedule'
import { TriggerButton } from '@/dags/trigger'
import { useFormat } from '@/format/use-format'
import { runDate } from '@/lib/run-date'
import { idle } from '@/lib/warm'
import { runSentence, type Say } from '@/runs/sentence'

type Overview = Schemas['DagOverviewResponse']
// the page says in words what the chart shows, and can be used before it is there
const TrendChart = lazy(() => idle().then(() => import('@/dag/trend-chart')))

export const Route = createFileRoute('/_app/dags/$dagId/')({
  loader: ({ context, params }) => context.queryClient.ensureQueryData(overviewQuery(params.dagId)),
  component: View,
})

function View() {
  const { t } = useTranslation('dagpages')
  const { dagId } = Route.useParams()
  const { data } = useSuspenseQuery(overviewQuery(dagId))
  const { durations } = data
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
        <Newest dagId={dagId} overview={data} durations={durations} />
        <Trend durations={durations} />
        <Failures groups={data.failures} />
      </div>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
        <Next dagId={dagId} />
        {data.doc_md && (
          <Section title={t('docs')}>
            <div className="px-4 py-3">
              <Markdown text={data.doc_md} />
            </div>
          </Section>
        )}
        <Assets assets={data.assets} />
        <Params params={data.params} />
        <Deadlines deadlines={data.deadlines} />
      </div>
    </div>
  )
}

function Newest({
  dagId,
  overview,
  durations,
}: {
  dagId: string
  overview: Overview
  durations: Schemas['DurationsResponse']
}) {
  const { t } = useTranslation(['dagpages', 'run'])
  const format = useFormat()
  const now = useNow(5000)
  const mayRun = useMayRun(dagId)
  const dag = useSuspenseQuery(factsQuery(dagId)).data
  const run = overview.newest
  if (run === null) {
    return (
      <Section title={t('newest')}>
        <Empty title={t('never_ran')} action={mayRun && <TriggerButton dagId={dagId} name={dag.name} look="primary" />}>
          {t('never_ran_what')}
        </Empty>
      </Section>
    )
  }
  const say = t as unknown as Say
  const words = {
    say: (key: string, values?: Record<string, string | number>) => say(`run:${key}`, values),
    duration: format.duration,
    when: (at: string) => format.relative(at, now),
  }
  const factor = run.end_date ? compared(run.duration_seconds, durations.p50_seconds) : null
  return (
    <Section
      title={t('newest')}
      extra={
        <Link to="/dags/$dagId/runs" params={{ dagId }}>
          {t('all_runs')}
        </Link>
      }
    >
      <div className="px-4 pt-3">
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <StateBadge state={runState(run)} className="font-semibold" />
          <Link to="/dags/$dagId/runs/$runId" params={{ dagId, runId: run.run_id }} title={run.run_id}>
            {format.dateTime(runDate(run))}
          </Link>
          {run.end_date && (
            <span className="text-sm text-ink-2">
              {t('ended')} <Ago at={run.end_date} />
            </span>
          )}
        </p>
        <p className="mt-1">
          <Sentence text={runSentence(run, words, now)} />
          {factor !== null && (
            <span className="block text-ink-2">
              {t(factor > 1 ? 'slower' : 'faster', {
                factor: format.percent(factor),
                usual: format.duration(durations.p50_seconds),
              })}
            </span>
          )}
        </p>
      </div>
      <div className="px-3 pt-2 pb-3">
        <RunStrip dagId={dagId} data={durations} />
      </div>
    </Section>
  )
}

function Trend({ durations }: { durations: Schemas['DurationsResponse'] }) {
  const { t } = useTranslation('dagpages')
  const format = useFormat()
  const trend = useMemo(() => trendOf(durations), [durations])
  if (trend.at.length < 2) return null
  const factor = drift(durations)
  const parts = [
    durations.p50_seconds === null
      ? t('trend.no_success')
      : t('trend.usual', {
          half: format.duration(durations.p50_seconds),
          most: format.duration(durations.p95_seconds),
        }),
    factor === null ? '' : t(factor > 1 ? 'trend.longer' : 'trend.shorter', { factor: format.percent(factor) }),
  ]
  const said = parts.filter(Boolean).join(' ')
  return (
    <Section title={t('trend.title')}>
      <div className="px-4 py-3">
        <p className="text-ink-2">{said}</p>
        {/* how quickly runs fail is no trend */}
        {durations.p50_seconds !== null && (
          <Suspense fallback={<div className="mt-2 h-[190px]" />}>
            <div className="mt-2">
              <TrendChart trend={trend} median={durations.p50_seconds} label={`${t('trend.title')}: ${said}`} />
            </div>
          </Suspense>
        )}
      </div>
    </Section>
  )
}

function Failures({ groups }: { groups: Schemas['FailureGroupFacts'][] }) {
  const { t } = useTranslation('dagpages')
  if (groups.length === 0) return null
  return (
    <Section title={t('failures')}>
      <ul>
        {groups.map((group) => (
          <li key={group.fingerprint} className="flex gap-3 border-line border-b px-4 py-2.5 last:border-b-0">
            <StateIcon
              state={group.healed ? 'success' : group.tolerated ? 'tolerated' : 'failed'}
              size={14}
              className="mt-1"
            />
            <div className="min-w-0 flex-1 break-words">
              <FailureLink group={group}>{group.task_id ?? t('the_run')}</FailureLink>
              <span className="ms-2 text-sm text-ink-2">
                {t('times', { count: group.count })}
                {group.healed && ` · ${t('healed')}`}
                {group.tolerated && ` · ${t('tolerated')}`}
              </span>
              <div className="text-sm">
                <Raised type={group.error_type} message={group.message} className="line-clamp-3" />
              </div>
            </div>
            <span className="text-sm text-ink-2">
              <Ago at={group.last_at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Next({ dagId }: { dagId: string }) {
  const { t } = useTranslation('dagpages')
  const schedule = useSchedule()
  const dag = useSuspenseQuery(factsQuery(dagId)).data
  const { explained } = dag
  return (
    <Section
      title={t('next')}
      extra={
        <Link to="/dags/$dagId/calendar" params={{ dagId }}>
          {t('calendar_link')}
        </Link>
      }
    >
      <div className="space-y-2 px-4 py-3">
        {explained.unmet.length > 0 && (
          <ul className="space-y-2">
            {explained.unmet.map((condition) => (
              <li key={`${condition.name} ${condition.text}`} className="border-warning border-s-2 ps-3">
                <SaidSentence said={condition.said} text={condition.text} />
                {condition.fix && (
                  <p className="text-sm text-ink-2">
                    <Fix condition={condition} />
                  </p>
                )}
              </li>
            ))}
          </ul>
        )}
        <Facts
          rows={[
            [t('fact.schedule'), dag.schedule && <code>{dag.schedule}</code>],
            [t('fact.means'), schedule(dag)],
            [t('fact.next_run'), dag.next_run && <Time at={dag.next_run.run_after} />],
            [
              t('fact.interval'),
              dag.next_run?.data_interval_start && (
                <>
                  <Time at={dag.next_run.data_interval_start} /> – <Time at={dag.next_run.data_interval_end} />
                </>
              ),
            ],
          ]}
        />
      </div>
    </Section>
  )
}

const ROLES = ['outlet', 'inlet', 'schedule'] as const

function Assets({ assets }: { assets: Schemas['AssetUse'][] }) {
  const { t } = useTranslation('dagpages')
  if (assets.length === 0) return null
  return (
    <Section title={t('assets.title')}>
      <div className="space-y-3 px-4 py-3">
        {ROLES.filter((role) => assets.some((use) => use.role === role)).map((role) => (
          <div key={role}>
            <h3 className="text-sm text-ink-2">{t(`assets.${role}`)}</h3>
            <ul>
              {assets
                .filter((use) => use.role === role)
                .map((use) => (
                  <li key={`${use.id} ${use.task_id}`} className="flex min-h-7 flex-wrap items-center gap-x-3">
                    <Link
                      to="/assets/$assetId"
                      params={{ assetId: String(use.id) }}
                      title={use.uri}
                      className="break-all"
                    >
                      {use.name}
                    </Link>
                    {use.task_id && <span className="text-sm text-ink-2">{t('assets.by', { task: use.task_id })}</span>}
                    <span className="ms-auto text-sm text-ink-2">
                      {use.last_at ? <Ago at={use.last_at} /> : t('assets.never')}
                    </span>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
    </Section>
  )
}

type Param = { value?: unknown; description?: string | null; schema?: { type?: unknown } }

/** Of JSON schema. */
const KINDS = {
  integer: 'integer',
  number: 'number',
  string: 'string',
  boolean: 'boolean',
  array: 'array',
  object: 'object',
  null: 'null',
} as const

function Params({ params }: { params: Overview['params'] }) {
  const { t } = useTranslation('dagpages')
  const rows = Object.entries(params).map(([name, param]) => ({ name, ...(param as Param) }))
  if (rows.length === 0) return null
  return (
    <Section title={t('params.title')}>
      <Table
        label={t('params.title')}
        rows={rows}
        rowKey={(row) => row.name}
        columns={[
          { key: 'name', head: t('params.name'), cell: (row) => <code>{row.name}</code> },
          {
            key: 'value',
            head: t('params.value'),
            cell: (row) => (
              <code className="break-all">{row.value === undefined ? '' : JSON.stringify(row.value)}</code>
            ),
          },
          {
            key: 'type',
            head: t('params.type'),
            cell: (row) => {
              const types = [row.schema?.type ?? []].flat().map(String)
              return types
                .map((type) => (type in KINDS ? t(`params.kind.${KINDS[type as keyof typeof KINDS]}`) : type))
                .join(', ')
            },
          },
          { key: 'what', head: t('params.what'), wideOnly: true, cell: (row) => row.description },
        ]}
      />
    </Section>
  )
}

function Deadlines({ deadlines }: { deadlines: Schemas['DeadlineResponse'][] }) {
  const { t } = useTranslation('dagpages')
  if (deadlines.length === 0) return null
  return (
    <Section title={t('deadlines.title')}>
      <ul>
        {deadlines.map((deadline) => (
          <li
            key={deadline.id}
            className="flex min-h-9 flex-wrap items-center gap-x-3 border-line border-b px-4 py-1 last:border-b-0"
          >
            <span className="inline-flex items-center gap-1.5">
              <StateIcon state={asState(deadline.missed ? 'failed' : 'scheduled')} />
              {t(deadline.missed ? 'deadlines.missed' : 'deadlines.pending')}
            </span>
            {deadline.has_run ? (
              <Link
                to="/dags/$dagId/runs/$runId"
                params={{ dagId: deadline.dag_id, runId: deadline.dag_run_id }}
                className="min-w-0 flex-1 truncate"
              >
                {deadline.alert_name ?? deadline.task_id ?? t('the_run')}
              </Link>
            ) : (
              <span className="flex-1">{deadline.alert_name ?? t('deadlines.no_run')}</span>
            )}
            <Time at={deadline.deadline_time} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
