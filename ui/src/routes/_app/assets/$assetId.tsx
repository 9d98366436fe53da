/** An asset: how fresh it is, what happened, who makes it, and who waits for what. */
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { lazy, type ReactNode, Suspense, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { useOffer } from '@/app/page-actions'
import { useSession } from '@/app/session'
import { EventDialog, MakeDialog } from '@/assets/act'
import { EventsTable } from '@/assets/events-table'
import { FreshBadge, FreshSentence } from '@/assets/fresh-badge'
import { Button, buttonClass } from '@/components/button'
import { Copy } from '@/components/copy'
import { Empty } from '@/components/empty'
import { JsonTree } from '@/components/json-tree'
import { Page, Section } from '@/components/page'
import { CursorPager } from '@/components/pager'
import { Skeleton } from '@/components/skeleton'
import { StateIcon } from '@/components/state'
import { Table } from '@/components/table'
import { Ago, Time } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { text } from '@/lib/search'

const Chart = lazy(() => import('@/assets/chart'))

type Search = { partition?: string; cursor?: string }
type Asset = Schemas['AssetPageResponse']

export const Route = createFileRoute('/_app/assets/$assetId')({
  validateSearch: (search): Search => ({ ...text(search, 'partition'), ...text(search, 'cursor') }),
  component: AssetPage,
})

const topics = ['assets', 'dags']

function query(id: number) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/assets/{asset_id}', { params: { path: { asset_id: id } } }),
    meta: { topics },
  }
}

function events(id: number, search: Search) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/assets/events', {
      params: {
        query: { asset_id: id, partition_key: search.partition, cursor: search.cursor ?? '', limit: 20 },
      },
    }),
    meta: { topics: ['assets'] },
  }
}

function AssetPage() {
  const { t } = useTranslation('assets')
  const id = Number(Route.useParams().assetId)
  const search = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const { data: page } = useSuspenseQuery(query(id))
  const { data: feed } = useSuspenseQuery(events(id, useDeferredValue(search)))
  const { asset } = page
  const go = (next: Search) =>
    void navigate({
      search: (before: Search) =>
        Object.fromEntries(Object.entries({ ...before, ...next }).filter(([, value]) => value)),
      resetScroll: false,
    })
  return (
    <Page
      title={asset.name}
      crumbs={[{ label: t('title'), link: { to: '/assets' } }, { label: asset.name }]}
      badge={<FreshBadge asset={asset} />}
      sentence={<FreshSentence asset={asset} />}
      actions={<Actions page={page} />}
    >
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-4">
          {page.partitions.length > 0 && (
            <Partitions page={page} chosen={search.partition} onChoose={(key) => go({ partition: key, cursor: '' })} />
          )}
          <Numbers page={page} />
          <Section title={t('part.events')}>
            {feed.events.length > 0 ? (
              <EventsTable events={feed.events} label={t('part.events')} ofOne />
            ) : (
              <Empty title={t('no_events')}>{t('no_events_what')}</Empty>
            )}
            <CursorPager page={feed} at={search.cursor || undefined} onGo={(cursor) => go({ cursor })} />
          </Section>
        </div>
        <div className="grid min-w-0 gap-4">
          <Waiting page={page} />
          <Tasks title={t('part.makers')} tasks={asset.producers} none={t('no_makers')} />
          <Tasks title={t('part.readers')} tasks={asset.consumers} none={t('no_readers')} />
          <About page={page} />
          <Kept id={id} />
        </div>
      </div>
    </Page>
  )
}

function Actions({ page }: { page: Asset }) {
  const { t } = useTranslation('assets')
  const { may } = useSession()
  const [open, setOpen] = useState<'event' | 'make' | null>(null)
  const makes = page.asset.producers.length > 0
  useOffer(
    may.run
      ? [
          ...(makes ? [{ id: 'asset.make', label: t('act.make'), act: () => setOpen('make') }] : []),
          { id: 'asset.event', label: t('act.event'), act: () => setOpen('event') },
        ]
      : [],
  )
  return (
    <>
      <Link to="/assets/lineage" search={{ asset: page.asset.id }} className={buttonClass()}>
        {t('tab.lineage')}
      </Link>
      {may.run && <Button onClick={() => setOpen('event')}>{t('act.event')}</Button>}
      {may.run && makes && (
        <Button look="primary" onClick={() => setOpen('make')}>
          {t('act.make')}
        </Button>
      )}
      {open === 'event' && <EventDialog page={page} onClose={() => setOpen(null)} />}
      {open === 'make' && <MakeDialog page={page} onClose={() => setOpen(null)} />}
    </>
  )
}

function Partitions({
  page,
  chosen,
  onChoose,
}: {
  page: Asset
  chosen: string | undefined
  onChoose: (key: string | undefined) => void
}) {
  const { t } = useTranslation('assets')
  const format = useFormat()
  return (
    <Section
      title={t('part.partitions')}
      extra={
        chosen !== undefined && (
          <Button small onClick={() => onChoose(undefined)}>
            {t('partition_all')}
          </Button>
        )
      }
    >
      <div className="px-4 py-3">
        <ul aria-label={t('partitions_label')} className="flex max-h-40 flex-wrap gap-1 overflow-y-auto">
          {page.partitions.map((each) => {
            const title = t('partition', { key: each.key, count: each.count, time: format.dateTime(each.last_at) })
            return (
              <li key={each.key}>
                <button
                  type="button"
                  aria-pressed={chosen === each.key}
                  aria-label={title}
                  title={title}
                  onClick={() => onChoose(chosen === each.key ? undefined : each.key)}
                  className={clsx(
                    'h-6 max-w-48 truncate rounded-sm border px-1.5 text-sm',
                    chosen === each.key
                      ? 'border-brand bg-brand text-brand-ink'
                      : 'border-line bg-good-soft text-ink hover:border-line-strong',
                  )}
                >
                  {each.key}
                </button>
              </li>
            )
          })}
        </ul>
        <p className="mt-2 text-sm text-ink-2">{t('partitions_hint', { count: page.partitions.length })}</p>
      </div>
    </Section>
  )
}

function Numbers({ page }: { page: Asset }) {
  const { t } = useTranslation('assets')
  const format = useFormat()
  const { series } = page
  const names = Object.keys(series.values)
  if (names.length === 0) return null
  return (
    <Section title={t('part.numbers')}>
      <div className="grid gap-4 px-4 py-3 md:grid-cols-2">
        {names.map((name) => (
          <Suspense key={name} fallback={<Skeleton className="h-36" />}>
            <Chart name={name} at={series.at} values={series.values[name] ?? []} />
          </Suspense>
        ))}
      </div>
      <details className="border-line border-t px-4 py-2">
        <summary className="cursor-pointer text-ink-2">{t('chart.table')}</summary>
        <div className="mt-2 max-h-72 overflow-auto">
          <Table
            label={t('part.numbers')}
            rows={series.event_id.map((eventId, index) => ({ eventId, index })).reverse()}
            rowKey={(row) => String(row.eventId)}
            columns={[
              {
                key: 'when',
                head: t('chart.when'),
                cell: (row) => <Time at={new Date(series.at[row.index] ?? 0).toISOString()} />,
              },
              ...names.map((name) => ({
                key: name,
                head: name,
                cell: (row: { index: number }) => {
                  const value = series.values[name]?.[row.index]
                  return value === null || value === undefined ? '–' : format.count(value)
                },
              })),
            ]}
          />
        </div>
      </details>
    </Section>
  )
}

function Waiting({ page }: { page: Asset }) {
  const { t } = useTranslation('assets')
  return (
    <Section title={t('part.waiting')}>
      {page.waiting.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">{t('no_waiting')}</p>
      ) : (
        <ul>
          {page.waiting.map((dag) => (
            <li key={dag.dag_id} className="border-line border-b px-4 py-2.5 last:border-b-0">
              <div className="flex flex-wrap items-baseline gap-x-3">
                <Link to="/dags/$dagId" params={{ dagId: dag.dag_id }} className="font-semibold break-all">
                  {dag.name}
                </Link>
                {dag.paused && <span className="text-sm text-warning">{t('paused')}</span>}
                <span className="text-sm text-ink-2">
                  {dag.partitioned
                    ? t('waits.by_partition')
                    : dag.any_of && dag.needs.length > 1
                      ? t('waits.any')
                      : t('waits.all', {
                          seen: dag.needs.filter((need) => need.seen_at !== null).length,
                          all: dag.needs.length,
                        })}
                </span>
              </div>
              {dag.partitioned ? <Pending dag={dag} /> : <Needs dag={dag} />}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Needs({ dag }: { dag: Schemas['AssetConsumer'] }) {
  const { t } = useTranslation('assets')
  return (
    <ul className="mt-1 space-y-0.5">
      {dag.needs.map((need) => (
        <li key={need.name} className="flex flex-wrap items-center gap-x-2">
          <StateIcon state={need.seen_at === null ? 'queued' : 'success'} />
          <span className="break-all">{need.name}</span>
          <span className="text-sm text-ink-2">
            {need.seen_at === null ? t('waits.missing') : <Seen at={need.seen_at} />}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Seen({ at }: { at: string }) {
  const { t } = useTranslation('assets')
  const format = useFormat()
  return <time dateTime={at}>{t('waits.seen', { ago: format.relative(at) })}</time>
}

function Pending({ dag }: { dag: Schemas['AssetConsumer'] }) {
  const { t } = useTranslation('assets')
  if (dag.partitions.length === 0) return <p className="text-sm text-ink-2">{t('waits.partitions_none')}</p>
  return (
    <ul className="mt-1 space-y-0.5">
      {dag.partitions.map((each) => (
        <li key={each.key} className="flex items-start gap-2">
          <StateIcon state="queued" className="mt-1" />
          <span className="min-w-0 break-words">
            {t('waits.partition', { key: each.key, what: each.missing.join(', ') })}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Tasks({ title, tasks, none }: { title: string; tasks: Schemas['AssetTask'][]; none: string }) {
  return (
    <Section title={title}>
      {tasks.length === 0 ? (
        <p className="px-4 py-3 text-ink-2">{none}</p>
      ) : (
        <ul className="px-4 py-2">
          {tasks.map((task) => (
            <li key={`${task.dag_id} ${task.task_id}`} className="flex min-h-7 flex-wrap items-center gap-x-1.5">
              <Link to="/dags/$dagId" params={{ dagId: task.dag_id }} className="break-all">
                {task.dag_id}
              </Link>
              <span aria-hidden="true" className="text-ink-3">
                ›
              </span>
              <Link to="/dags/$dagId/tasks" params={{ dagId: task.dag_id }} search={{ q: task.task_id }}>
                {task.task_id}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function About({ page }: { page: Asset }) {
  const { t } = useTranslation('assets')
  const { asset } = page
  const facts: [string, ReactNode][] = [
    [
      t('about.uri'),
      <span key="uri" className="inline-flex flex-wrap items-center gap-1.5">
        <code className="break-all">{asset.uri}</code>
        <Copy text={asset.uri} />
      </span>,
    ],
    [t('about.group'), asset.group],
    [t('about.id'), String(asset.id)],
    [t('about.created'), <Ago key="at" at={page.created_at} />],
    ...(page.aliases.length > 0
      ? ([[t('about.aliases'), page.aliases.map((alias) => alias.name).join(', ')]] as [string, ReactNode][])
      : []),
    ...(page.watchers.length > 0 ? ([[t('about.watchers'), page.watchers.join(', ')]] as [string, ReactNode][]) : []),
    ...(Object.keys(page.extra).length > 0
      ? ([[t('part.extra'), <JsonTree key="extra" value={page.extra} />]] as [string, ReactNode][])
      : []),
  ]
  return (
    <Section title={t('part.about')}>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 px-4 py-3">
        {facts.map(([word, value]) => (
          <div key={word} className="contents">
            <dt className="text-ink-2">{word}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

function Kept({ id }: { id: number }) {
  const { t } = useTranslation('assets')
  const { data } = useQuery({
    ...$api.queryOptions('get', '/api/v2/assets/{asset_id}/state-store', {
      params: { path: { asset_id: id }, query: { limit: 50 } },
    }),
    meta: { topics: ['assets'] },
  })
  if (!data || data.asset_state_store.length === 0) return null
  return (
    <Section title={t('part.store')}>
      <Table
        label={t('part.store')}
        rows={data.asset_state_store}
        rowKey={(entry) => entry.key}
        columns={[
          { key: 'key', head: t('kept.key'), cell: (entry) => <code className="break-all">{entry.key}</code> },
          { key: 'value', head: t('kept.value'), cell: (entry) => <JsonTree value={entry.value} /> },
          { key: 'updated', head: t('kept.updated'), cell: (entry) => <Ago at={entry.updated_at} /> },
        ]}
      />
    </Section>
  )
}
