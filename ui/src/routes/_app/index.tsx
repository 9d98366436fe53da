/** Home: what needs me at the left, what runs and comes at the right. */

import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { Copy } from '@/components/copy'
import { Empty } from '@/components/empty'
import { FailureLink } from '@/components/failure-link'
import { ImportError } from '@/components/import-error'
import { Page, Section } from '@/components/page'
import { Raised } from '@/components/raised'
import { StateIcon } from '@/components/state'
import { Ago, Duration, Time, useNow } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { Due } from '@/hitl/due'

type Home = Schemas['HomeResponse']

const query = { ...$api.queryOptions('get', '/api/tradewind/home', {}), meta: { topics: ['home'] } }

export const Route = createFileRoute('/_app/')({
  loader: ({ context }) => context.queryClient.ensureQueryData(query),
  component: HomePage,
})

function HomePage() {
  const { t } = useTranslation(['home', 'actions'])
  const { data } = useSuspenseQuery(query)
  const urgent = data.failures.filter((group) => !group.healed)
  const needs =
    urgent.length + data.approvals.length + data.import_errors.length + data.late.length + data.stale_assets.length
  if (data.counts.dags === 0 && data.import_errors.length === 0) return <Fresh folder={data.dags_folder} />
  return (
    <Page title={t('title')} sentence={<Sentence home={data} needs={needs} />}>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title={t('needs')}>
          {needs === 0 ? (
            <Calm counts={data.counts} />
          ) : (
            <ul>
              {data.approvals.map((ask) => (
                <Item
                  key={`${ask.dag_id} ${ask.run_id} ${ask.task_id} ${ask.map_index}`}
                  state="awaiting_input"
                  at={ask.asked_at}
                >
                  <Link to="/actions">{ask.subject}</Link>
                  <Where>
                    {t('asked_by', { dag: ask.dag_id, task: ask.task_id })}
                    {ask.people.length > 0 && ` · ${t('actions:of', { names: ask.people.join(', ') })}`}
                  </Where>
                  <Due due_at={ask.due_at} on_timeout={ask.on_timeout} defaults={ask.defaults} />
                </Item>
              ))}
              {urgent.map((group) => (
                <Failure key={group.fingerprint} group={group} />
              ))}
              {data.import_errors.map((error) => (
                <Item key={error.id} state="failed" at={error.at}>
                  <ImportError error={error} />
                </Item>
              ))}
              {data.late.map((late) => (
                <Item
                  key={`${late.kind} ${late.dag_id} ${late.run_id} ${late.due_at} ${late.name}`}
                  state="scheduled"
                  at={late.due_at}
                >
                  {late.run_id ? (
                    <Link to="/dags/$dagId/runs/$runId" params={{ dagId: late.dag_id, runId: late.run_id }}>
                      {late.dag_id}
                    </Link>
                  ) : (
                    <Link to="/dags/$dagId" params={{ dagId: late.dag_id }}>
                      {late.dag_id}
                    </Link>
                  )}
                  <Where>
                    {late.kind !== 'deadline'
                      ? t('not_there')
                      : late.name
                        ? t('deadline_of', { name: late.name })
                        : t('deadline')}
                  </Where>
                </Item>
              ))}
              {data.stale_assets.map((asset) => (
                <Stale key={asset.asset_id} asset={asset} />
              ))}
            </ul>
          )}
          <Healed groups={data.failures.filter((group) => group.healed)} />
        </Section>
        <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
          <Section title={t('running')}>
            {data.running.length === 0 ? (
              <p className="px-4 py-3 text-ink-2">{t('nothing_runs')}</p>
            ) : (
              <ul>
                {data.running.map((run) => (
                  <li
                    key={`${run.dag_id} ${run.run_id}`}
                    className="flex min-h-9 items-center gap-2 border-line border-b px-4 py-1 last:border-b-0"
                  >
                    <StateIcon state="running" />
                    <Link
                      to="/dags/$dagId/runs/$runId"
                      params={{ dagId: run.dag_id, runId: run.run_id }}
                      className="min-w-0 flex-1 truncate"
                    >
                      {run.dag_id}
                    </Link>
                    <Duration start={run.start_date} />
                  </li>
                ))}
              </ul>
            )}
          </Section>
          <Section title={t('next')} extra={<Link to="/schedule">{t('whole_schedule')}</Link>}>
            <Planned home={data} />
          </Section>
        </div>
      </div>
    </Page>
  )
}

/** Nothing needs anybody.  Where every DAG is paused, as the first one is, nothing would ever: what to do next. */
function Calm({ counts }: { counts: Home['counts'] }) {
  const { t } = useTranslation('home')
  if (counts.dags === 0 || counts.paused_dags < counts.dags) return <Empty title={t('calm')}>{t('calm_what')}</Empty>
  return (
    <Empty
      title={t('paused', { count: counts.dags })}
      action={<Link to="/dags">{t('to_paused', { count: counts.dags })}</Link>}
    >
      {t('paused_what')}
    </Empty>
  )
}

/** The last line of a traceback is what went wrong. */
export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() ?? ''
}

function Sentence({ home, needs }: { home: Home; needs: number }) {
  const { t } = useTranslation('home')
  const { counts } = home
  return (
    <>
      {needs === 0 ? t('sentence.calm') : t('sentence.needs', { count: needs })}{' '}
      {t('sentence.day', {
        good: [
          t('sentence.good', { count: counts.succeeded_runs }),
          counts.tolerated_runs > 0 ? ` (${t('sentence.tolerated', { count: counts.tolerated_runs })})` : '',
        ].join(''),
        bad: t('sentence.bad', { count: counts.failed_runs }),
        now: t('sentence.now', { count: counts.running_runs }),
      })}
    </>
  )
}

function Item({
  state,
  at,
  children,
}: {
  state: 'failed' | 'tolerated' | 'awaiting_input' | 'scheduled' | 'success'
  at: string
  children: ReactNode
}) {
  return (
    <li className="flex gap-x-3 border-line border-b px-4 py-2.5 last:border-b-0 max-sm:flex-wrap">
      <StateIcon state={state} size={14} className="mt-1" />
      <div className="min-w-0 flex-1 break-words">{children}</div>
      <span className="text-sm text-ink-2 max-sm:basis-full max-sm:ps-6.5">
        <Ago at={at} />
      </span>
    </li>
  )
}

function Where({ children }: { children: ReactNode }) {
  return <div className="text-sm text-ink-2">{children}</div>
}

function Failure({ group }: { group: Schemas['FailureGroupFacts'] }) {
  const { t } = useTranslation('home')
  return (
    <Item state={group.tolerated ? 'tolerated' : 'failed'} at={group.last_at}>
      <FailureLink group={group}>{group.task_id ? `${group.dag_id} › ${group.task_id}` : group.dag_id}</FailureLink>
      {group.count > 1 && <span className="ms-2 text-sm text-danger">{t('times', { count: group.count })}</span>}
      {group.tolerated && <span className="ms-2 text-sm text-ink-2">{t('tolerated')}</span>}
      <Where>
        <Raised type={group.error_type} message={lastLine(group.message)} className="line-clamp-3" />
      </Where>
    </Item>
  )
}

function Stale({ asset }: { asset: Schemas['StaleAssetFacts'] }) {
  const { t } = useTranslation('home')
  const format = useFormat()
  return (
    <Item state="scheduled" at={asset.last_at}>
      <Link to="/assets/$assetId" params={{ assetId: String(asset.asset_id) }} className="font-semibold">
        {asset.name}
      </Link>
      <Where>{t('stale', { gap: format.duration(asset.usual_gap_seconds) })}</Where>
    </Item>
  )
}

function Healed({ groups }: { groups: Schemas['FailureGroupFacts'][] }) {
  const { t } = useTranslation('home')
  if (groups.length === 0) return null
  return (
    <details className="border-line border-t px-4 py-2">
      <summary className="cursor-pointer text-ink-2">{t('healed', { count: groups.length })}</summary>
      <ul className="-mx-4">
        {groups.map((group) => (
          <Failure key={group.fingerprint} group={group} />
        ))}
      </ul>
    </details>
  )
}

const AHEAD = 12 * 3600_000

/** The runs that come by DAG, the DAG whose run is next first: one that runs every minute hides no other. */
export function byDag(runs: readonly Schemas['PlannedFacts'][]): { dagId: string; first: string; count: number }[] {
  return Object.values(Object.groupBy(runs, (run) => run.dag_id)).flatMap((ofDag = []) => {
    const first = ofDag[0]
    return first ? [{ dagId: first.dag_id, first: first.run_after, count: ofDag.length }] : []
  })
}

/** The next twelve hours: a line with a mark for each run, and when each DAG runs next in words. */
function Planned({ home }: { home: Home }) {
  const { t } = useTranslation('home')
  const format = useFormat()
  const now = useNow(30_000)
  const runs = home.planned.filter((run) => Date.parse(run.run_after) > now)
  if (runs.length === 0) return <p className="px-4 py-3 text-ink-2">{t('nothing_comes')}</p>
  const comes = byDag(runs)
  return (
    <div className="px-4 py-3">
      <svg viewBox="0 0 600 26" className="mb-2 block h-7 w-full" preserveAspectRatio="none" aria-hidden="true">
        <line x1="0" y1="20" x2="600" y2="20" stroke="var(--line-strong)" />
        {runs.map((run) => {
          const x = (600 * (Date.parse(run.run_after) - now)) / AHEAD
          return (
            <line
              key={`${run.dag_id} ${run.run_after}`}
              x1={x}
              x2={x}
              y1="5"
              y2="20"
              stroke="var(--brand)"
              strokeWidth="2"
            />
          )
        })}
      </svg>
      <ul>
        {comes.slice(0, 10).map((dag) => (
          <li key={dag.dagId} className="flex min-h-8 flex-wrap items-center gap-x-2">
            <Link to="/dags/$dagId" params={{ dagId: dag.dagId }} className="min-w-32 flex-1 truncate">
              {dag.dagId}
            </Link>
            {dag.count > 1 && <span className="text-sm text-ink-2">{t('runs_ahead', { count: dag.count })}</span>}
            <span className="text-sm text-ink-2">{format.relative(dag.first, now)}</span>
            <Time at={dag.first} />
          </li>
        ))}
      </ul>
      {comes.length > 10 && <p className="pt-1 text-sm text-ink-2">{t('more', { count: comes.length - 10 })}</p>}
      {home.planned_more && <p className="pt-1 text-sm text-ink-2">{t('planned_more')}</p>}
    </div>
  )
}

/** Nothing is here yet: what to do next. */
function Fresh({ folder }: { folder: string | null }) {
  const { t } = useTranslation('home')
  return (
    <Page title={t('fresh.title')} sentence={t('fresh.what')}>
      <ol className="card max-w-3xl list-inside list-decimal space-y-4 p-5">
        <li>
          {folder === null ? t('fresh.write') : t('fresh.write_as')}
          {folder !== null && <code className="ms-1 break-all">{`${folder}/my_first_dag.py`}</code>}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre tabIndex={0} className="mt-2 overflow-x-auto rounded-md bg-sunken p-3 text-sm">
            {FIRST}
          </pre>
          <Copy text={FIRST} />
        </li>
        <li>{t('fresh.appears')}</li>
        <li>{t('fresh.trigger')}</li>
      </ol>
    </Page>
  )
}

const FIRST = `from airflow.sdk import dag, task

@dag(schedule="@daily")
def my_first_dag():
    @task
    def hello():
        print("Hello from Tradewind")

    hello()

my_first_dag()`
