/** Schedule: what ran, runs and will run, of all DAGs, as a time line or a list; and the backfills under way. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { useOffer } from '@/app/page-actions'
import { useSession } from '@/app/session'
import { useShortcuts } from '@/app/shortcuts'
import { progressOf } from '@/backfills/progress'
import { Button, buttonClass } from '@/components/button'
import { Empty } from '@/components/empty'
import { Failure } from '@/components/failure'
import { Page, Section } from '@/components/page'
import { SearchBox } from '@/components/search-box'
import { Lines } from '@/components/skeleton'
import { StateBadge, stateColor } from '@/components/state'
import { Table } from '@/components/table'
import { Time, useNow } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { one, text } from '@/lib/search'
import { type Entry, entriesOf, rowsOf } from '@/schedule/entries'
import { ZOOMS, type Zoom } from '@/schedule/filter'
import { Timeline } from '@/schedule/timeline'
import { type Span, windowOf, zoomed } from '@/schedule/window'

const VIEWS = ['timeline', 'list'] as const
const LISTED = 300

type Search = { zoom?: Zoom; at?: string; view?: (typeof VIEWS)[number]; q?: string }

export const Route = createFileRoute('/_app/schedule/')({
  validateSearch: (search): Search => ({
    ...one(search, 'zoom', ZOOMS),
    ...text(search, 'at'),
    ...one(search, 'view', VIEWS),
    ...text(search, 'q'),
  }),
  loaderDeps: ({ search: { at, zoom } }) => ({ at, zoom }),
  // asked while the page is loaded: it looks at the same window
  loader: ({ context: { queryClient }, deps: { at, zoom } }) => {
    void queryClient.prefetchQuery(query(windowOf(at, Date.now(), zoom ?? '24h')))
    void queryClient.prefetchQuery(backfills)
  },
  component: Schedule,
})

function query(span: Span) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/schedule', {
      params: {
        query: { from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString(), limit: 2000 },
      },
    }),
    meta: { topics: ['dags'] },
    placeholderData: keepPreviousData,
  }
}

const backfills = {
  ...$api.queryOptions('get', '/api/tradewind/backfills', { params: { query: { active: true, limit: 50 } } }),
  meta: { topics: ['backfills'] },
}

/** The window; the one around now stays until now comes near its end. */
function useSpan(at: string | undefined, zoom: Zoom): Span {
  const now = useNow(10_000)
  const [from, setFrom] = useState(now)
  const span = useMemo(() => windowOf(at, from, zoom), [at, from, zoom])
  if (at === undefined && now > span.to - (span.to - span.from) * 0.1) setFrom(now)
  return span
}

function Schedule() {
  const { t } = useTranslation('schedule')
  const search = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const { may } = useSession()
  const zoom = search.zoom ?? '24h'
  const view = search.view ?? 'timeline'
  const span = useSpan(search.at, zoom)
  const { data, error } = useQuery(query(span))
  const change = (next: Partial<Search>) =>
    void navigate({
      search: (before) => Object.fromEntries(Object.entries({ ...before, ...next }).filter(([, value]) => value)),
      replace: true,
      resetScroll: false,
    })
  const pan = (part: number) => change({ at: new Date(span.from + part * (span.to - span.from)).toISOString() })
  const toZoom = (next: Zoom) =>
    change({
      zoom: next === '24h' ? undefined : next,
      at: search.at === undefined ? undefined : new Date(zoomed(span, next).from).toISOString(),
    })
  const step = (by: number) => {
    const next = ZOOMS[ZOOMS.indexOf(zoom) + by]
    if (next !== undefined) toZoom(next)
  }
  useShortcuts([
    { keys: '[', label: t('earlier'), act: () => pan(-0.5) },
    { keys: ']', label: t('later'), act: () => pan(0.5) },
    { keys: 'n', label: t('now'), act: () => change({ at: undefined }) },
    { keys: '-', label: t('zoom.out'), act: () => step(1) },
    { keys: '+', label: t('zoom.in'), act: () => step(-1) },
  ])
  useOffer(
    may.run ? [{ id: 'backfill', label: t('backfill'), act: () => void navigate({ to: '/schedule/backfill' }) }] : [],
  )
  return (
    <Page
      title={t('title')}
      sentence={t('what')}
      actions={
        may.run && (
          <Link to="/schedule/backfill" className={buttonClass('primary')}>
            {t('backfill')}
          </Link>
        )
      }
    >
      <div className="grid gap-4">
        <Backfills />
        <div className="grid gap-3">
          <div className="flex flex-wrap items-end gap-2">
            <SearchBox label={t('find')} value={search.q ?? ''} onChange={(q) => change({ q: q || undefined })} />
            <Group
              label={t('zoom.label')}
              options={ZOOMS}
              chosen={zoom}
              word={(one) => t(`zoom.${one}`)}
              onChoose={toZoom}
            />
            <div className="flex gap-1">
              <Button onClick={() => pan(-0.5)}>{t('earlier')}</Button>
              <Button onClick={() => change({ at: undefined })} disabled={search.at === undefined}>
                {t('now')}
              </Button>
              <Button onClick={() => pan(0.5)}>{t('later')}</Button>
            </div>
            <Group
              label={t('view.label')}
              options={VIEWS}
              chosen={view}
              word={(one) => t(`view.${one}`)}
              onChoose={(next) => change({ view: next === 'timeline' ? undefined : next })}
            />
          </div>
          {error ? (
            <Failure error={error} />
          ) : data ? (
            <Shown data={data} span={span} zoom={zoom} view={view} q={search.q ?? ''} />
          ) : (
            <Lines count={8} />
          )}
        </div>
      </div>
    </Page>
  )
}

function Group<Value extends string>(props: {
  label: string
  options: readonly Value[]
  chosen: Value
  word: (value: Value) => string
  onChoose: (value: Value) => void
}) {
  return (
    <fieldset className="flex rounded-md border border-line-strong bg-surface">
      <legend className="visually-hidden">{props.label}</legend>
      {props.options.map((value) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === props.chosen}
          onClick={() => props.onChoose(value)}
          className={clsx(
            'h-7.5 px-2.5 text-sm whitespace-nowrap first:rounded-s-md last:rounded-e-md',
            value === props.chosen ? 'bg-brand font-semibold text-brand-ink' : 'text-ink-2 hover:bg-hover',
          )}
        >
          {props.word(value)}
        </button>
      ))}
    </fieldset>
  )
}

type ShownProps = { data: Schemas['ScheduleResponse']; span: Span; zoom: Zoom; view: string; q: string }

function Shown({ data, span, zoom, view, q }: ShownProps) {
  const { t } = useTranslation('schedule')
  const format = useFormat()
  const now = useNow(zoom === '1h' ? 5_000 : 30_000)
  const entries = useMemo(() => entriesOf(data, now), [data, now])
  const rows = useMemo(() => rowsOf(entries, q), [entries, q])
  const empty =
    entries.length === 0 ? (
      <div className="card">
        <Empty title={t('empty')}>{t('empty_what')}</Empty>
      </div>
    ) : rows.length === 0 ? (
      <div className="card">
        <Empty title={t('nothing')} />
      </div>
    ) : null
  return (
    <>
      <p className="flex flex-wrap gap-x-4 text-ink-2" aria-live="polite">
        <span>{t('window', { from: format.dateTime(span.from), to: format.dateTime(span.to) })}</span>
        <span>
          {t('counts', {
            runs: t('ran', { count: data.runs.length }),
            planned: t('planned', { count: data.planned.length }),
          })}
        </span>
        {(data.runs_more || data.planned_more) && <span className="text-warning">{t('cut')}</span>}
      </p>
      {empty ?? (view === 'list' ? <List rows={rows} /> : <Timeline rows={rows} span={span} zoom={zoom} />)}
    </>
  )
}

function List({ rows }: { rows: ReturnType<typeof rowsOf> }) {
  const { t } = useTranslation('schedule')
  const format = useFormat()
  const entries = rows.flatMap((row) => row.items.map((item) => item.what)).sort((a, b) => a.start - b.start)
  return (
    <div className="card">
      <Table<Entry>
        label={t('title')}
        rows={entries.slice(0, LISTED)}
        rowKey={(entry) => `${entry.dagId} ${entry.run?.run_id ?? entry.start}`}
        columns={[
          { key: 'when', head: t('column.when'), cell: (entry) => <Time at={new Date(entry.start).toISOString()} /> },
          {
            key: 'dag',
            head: t('column.dag'),
            cell: (entry) => (
              <Link to="/dags/$dagId" params={{ dagId: entry.dagId }} className="break-all">
                {entry.dagId}
              </Link>
            ),
          },
          {
            key: 'state',
            head: t('column.state'),
            cell: (entry) =>
              entry.run === null ? (
                <span className="text-ink-2">{t('state_planned')}</span>
              ) : (
                <StateBadge state={entry.state} />
              ),
          },
          {
            key: 'run',
            head: t('column.run'),
            wideOnly: true,
            cell: (entry) =>
              entry.run === null ? (
                <span className="text-ink-3">–</span>
              ) : (
                <Link to="/dags/$dagId/runs/$runId" params={{ dagId: entry.dagId, runId: entry.run.run_id }}>
                  {entry.run.run_id}
                </Link>
              ),
          },
          {
            key: 'took',
            head: t('column.took'),
            cell: (entry) =>
              entry.run?.start_date ? (
                format.duration((entry.end - entry.start) / 1000)
              ) : (
                <span className="text-ink-3">–</span>
              ),
          },
        ]}
      />
      {entries.length > LISTED && (
        <p className="px-3 py-2 text-sm text-ink-2">{t('more', { count: entries.length - LISTED })}</p>
      )}
    </div>
  )
}

function Backfills() {
  const { t } = useTranslation('schedule')
  const { data } = useQuery(backfills)
  if (!data || data.backfills.length === 0) return null
  return (
    <Section title={t('backfills')}>
      <ul>
        {data.backfills.map((backfill) => (
          <Backfill key={backfill.id} backfill={backfill} />
        ))}
      </ul>
    </Section>
  )
}

function Backfill({ backfill }: { backfill: Schemas['BackfillDetailResponse'] }) {
  const { t } = useTranslation('schedule')
  const format = useFormat()
  const { parts, done, all } = progressOf(backfill)
  const total = Math.max(all ?? 1, 1)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-4 py-2 last:border-b-0">
      <Link
        to="/schedule/backfills/$backfillId"
        params={{ backfillId: String(backfill.id) }}
        className="min-w-0 flex-1 basis-52 truncate"
      >
        {t('backfill_of', { id: backfill.id, dag: backfill.dag_display_name })}
      </Link>
      {backfill.is_paused && <span className="text-sm text-warning">{t('is_paused')}</span>}
      <span aria-hidden="true" className="flex h-2 w-48 overflow-hidden rounded-full bg-line">
        {parts.map((part) => (
          <span
            key={part.state}
            style={{ width: `${(100 * part.count) / total}%`, background: stateColor(part.state) }}
          />
        ))}
      </span>
      <span className="text-sm text-ink-2">
        {all === null
          ? t('done_so_far', { done: format.count(done) })
          : t('done', { done: format.count(done), all: format.count(all) })}
      </span>
    </li>
  )
}
