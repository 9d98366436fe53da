/** DAGs: a dense list with the newest runs, what comes next, filters in the address, actions on several. */
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { useSession } from '@/app/session'
import { Button } from '@/components/button'
import { ChooseAll } from '@/components/choose-all'
import { Empty } from '@/components/empty'
import { Choice } from '@/components/field'
import { Later } from '@/components/later'
import { Page } from '@/components/page'
import { CursorPager } from '@/components/pager'
import { SearchBox } from '@/components/search-box'
import { Lines } from '@/components/skeleton'
import { asState, runState, StateIcon, useStateWord } from '@/components/state'
import { type Column, Table } from '@/components/table'
import { BrokenFiles, BrokenNotice } from '@/dags/broken-files'
import { Favourite } from '@/dags/favourite'
import { NextRun } from '@/dags/next-run'
import { PauseSwitch } from '@/dags/pause'
import { RunBars } from '@/dags/run-bars'
import { SavedViews } from '@/dags/saved-views'
import { useSchedule } from '@/dags/schedule'
import { TriggerButton } from '@/dags/trigger'
import { useFormat } from '@/format/use-format'
import { useMedia } from '@/lib/media'
import { one, text } from '@/lib/search'

const Bulk = lazy(async () => ({ default: (await import('@/dags/bulk')).Bulk }))

type Dag = Schemas['DagFacts']
const STATES = ['success', 'failed', 'running', 'queued', 'never'] as const
const ORDERS = ['dag_display_name', 'state', 'next_run', '-last_run', 'owner'] as const
/** Tags that a row shows; the others are said when it is pointed at. */
const TAGS = 4
const SHOW = ['active', 'paused', 'favourites', 'broken'] as const

export type DagsSearch = {
  q?: string
  state?: (typeof STATES)[number]
  show?: (typeof SHOW)[number]
  tag?: string
  owner?: string
  order?: (typeof ORDERS)[number]
  cursor?: string
}

/** What the address says.  The loader asks for it itself: as its dependency it would take the page away while it loads. */
function searched(search: Record<string, unknown>): DagsSearch {
  return {
    ...text(search, 'q'),
    ...one(search, 'state', STATES),
    ...one(search, 'show', SHOW),
    ...text(search, 'tag'),
    ...text(search, 'owner'),
    ...one(search, 'order', ORDERS),
    ...text(search, 'cursor'),
  }
}

export const Route = createFileRoute('/_app/dags/')({
  validateSearch: searched,
  loader: ({ context, location }) => context.queryClient.ensureQueryData(query(searched(location.search))),
  component: Dags,
})

function wanted(search: DagsSearch) {
  return {
    search: search.q,
    state: search.state ? [search.state] : undefined,
    paused: search.show === 'paused' ? true : search.show === 'active' ? false : undefined,
    favorite: search.show === 'favourites' || undefined,
    import_errors: search.show === 'broken' || undefined,
    tag: search.tag ? [search.tag] : undefined,
    owner: search.owner ? [search.owner] : undefined,
  }
}

function query(search: DagsSearch) {
  const order_by = search.order ?? 'dag_display_name'
  return {
    ...$api.queryOptions('get', '/api/tradewind/dags', {
      params: { query: { ...wanted(search), order_by, cursor: search.cursor } },
    }),
    meta: { topics: ['dags'] },
  }
}

const filters = $api.queryOptions('get', '/api/tradewind/dags-filters', {})

function Dags() {
  const { t } = useTranslation(['dags', 'common'])
  const search = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const { data } = useSuspenseQuery(query(useDeferredValue(search)))
  const offered = useSuspenseQuery(filters).data
  const { may } = useSession()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [every, setEvery] = useState<readonly Schemas['DagChoice'][] | null>(null)
  const choose = (ids: ReadonlySet<string>) => {
    setChosen(ids)
    setEvery(null)
  }
  const mine = data.dags.filter((dag) => chosen.has(dag.dag_id))
  const whole = data.dags.length > 0 && mine.length === data.dags.length
  const others = data.next_cursor !== null || data.previous_cursor !== null
  const { data: matching } = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/dags-matching', { params: { query: wanted(search) } }),
    enabled: whole && others,
    staleTime: 0,
    gcTime: 0,
  })
  const columns = useColumns(data.dags, chosen, choose)
  const filtered = Object.keys(search).some((name) => name !== 'order' && name !== 'cursor')
  const word = useStateWord()
  const change = (next: Partial<DagsSearch>) => {
    choose(new Set())
    void navigate({ search: (before) => clean({ ...before, cursor: undefined, ...next }), replace: true })
  }
  const any = ['', t('filter.any')] as const
  return (
    <Page
      title={t('title')}
      sentence={t('what')}
      actions={<SavedViews search={search} onChoose={(view) => void navigate({ search: view })} />}
    >
      <search className="filters" aria-label={t('filter.label')}>
        <SearchBox label={t('filter.find')} value={search.q ?? ''} onChange={(q) => change({ q: q || undefined })} />
        <Choice
          label={t('filter.show')}
          value={search.show ?? ''}
          onChange={(event) => change({ show: (event.target.value || undefined) as DagsSearch['show'] })}
          options={[['', t('filter.all')], ...SHOW.map((value) => [value, t(`filter.${value}`)] as const)]}
        />
        <Choice
          label={t('filter.last')}
          value={search.state ?? ''}
          onChange={(event) => change({ state: (event.target.value || undefined) as DagsSearch['state'] })}
          options={[
            any,
            ...STATES.map((value) => [value, value === 'never' ? t('never_ran') : word(asState(value))] as const),
          ]}
        />
        {offered.tags.length > 0 && (
          <Choice
            label={t('filter.tag')}
            value={search.tag ?? ''}
            onChange={(event) => change({ tag: event.target.value || undefined })}
            className="max-w-44"
            options={[any, ...offered.tags.map((tag) => [tag, tag] as const)]}
          />
        )}
        {offered.owners.length > 1 && (
          <Choice
            label={t('filter.owner')}
            value={search.owner ?? ''}
            onChange={(event) => change({ owner: event.target.value || undefined })}
            className="max-w-44"
            options={[any, ...offered.owners.map((owner) => [owner, owner] as const)]}
          />
        )}
        <Choice
          label={t('filter.order')}
          value={search.order ?? 'dag_display_name'}
          onChange={(event) => change({ order: event.target.value as DagsSearch['order'] })}
          options={ORDERS.map((order) => [order, t(`order.${order}`)] as const)}
        />
      </search>
      {search.show === 'broken' ? (
        <Suspense fallback={<Lines />}>
          <BrokenFiles />
        </Suspense>
      ) : (
        <BrokenNotice />
      )}
      <div className="card">
        <Later>{mine.length > 0 && <Bulk dags={every ?? mine} onDone={() => choose(new Set())} />}</Later>
        {whole && others && (
          <ChooseAll
            matching={every?.length ?? matching?.dags.length}
            more={matching?.more ?? false}
            all={every !== null}
            onAll={() => setEvery(matching?.dags ?? null)}
          />
        )}
        {data.dags.length > 0 ? (
          <Table
            label={t('title')}
            rows={data.dags}
            rowKey={(dag) => dag.dag_id}
            columns={may.run ? columns : columns.slice(1)}
          />
        ) : filtered ? (
          <Empty
            title={t('nothing')}
            action={<Button onClick={() => void navigate({ search: {} })}>{t('filter.clear')}</Button>}
          />
        ) : (
          <Empty title={t('empty.title')}>
            <p>{t('empty.what')}</p>
            <pre className="mt-3 overflow-x-auto rounded-md bg-sunken p-3 text-start text-sm">{EXAMPLE}</pre>
          </Empty>
        )}
      </div>
      <CursorPager
        page={data}
        at={search.cursor}
        onGo={(cursor) => void navigate({ search: (before) => clean({ ...before, cursor }) })}
      />
    </Page>
  )
}

function clean(search: DagsSearch): DagsSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}

const EXAMPLE = `from airflow.sdk import dag, task

@dag(schedule="@daily")
def hello():
    @task
    def greet():
        print("Hello")

    greet()

hello()`

function useColumns(
  dags: readonly Dag[],
  chosen: ReadonlySet<string>,
  choose: (ids: ReadonlySet<string>) => void,
): Column<Dag>[] {
  const { t } = useTranslation(['dags', 'common'])
  const schedule = useSchedule()
  const format = useFormat()
  const narrow = useMedia('(width < 48rem)')
  const { may, look_only } = useSession()
  const mayRun = (dag: Dag) => may.run && !look_only.includes(dag.dag_id)
  const all = dags.length > 0 && dags.every((dag) => chosen.has(dag.dag_id))
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen)
    if (on) next.add(id)
    else next.delete(id)
    choose(next)
  }
  return [
    {
      key: 'choose',
      head: (
        <input
          type="checkbox"
          aria-label={t('choose_all')}
          checked={all}
          onChange={(event) => choose(new Set(event.target.checked ? dags.map((dag) => dag.dag_id) : []))}
          className="size-4 align-middle accent-brand"
        />
      ),
      className: 'w-8 pe-0!',
      cell: (dag) => (
        <input
          type="checkbox"
          aria-label={t('choose_one', { name: dag.name })}
          checked={chosen.has(dag.dag_id)}
          onChange={(event) => toggle(dag.dag_id, event.target.checked)}
          className="size-4 align-middle accent-brand"
        />
      ),
    },
    {
      key: 'on',
      head: t('column.active'),
      className: 'w-14',
      cell: (dag) => <PauseSwitch dagId={dag.dag_id} name={dag.name} paused={dag.paused} disabled={!mayRun(dag)} />,
    },
    {
      key: 'name',
      head: t('column.name'),
      className: 'w-full',
      cell: (dag) => (
        <div className="flex min-w-28 items-start gap-2 md:min-w-48">
          <span className="flex h-6 items-center">
            <StateIcon state={dag.runs[0] ? runState(dag.runs[0]) : asState(dag.state)} />
          </span>
          <div className="flex flex-wrap items-center gap-x-2">
            <Link
              to="/dags/$dagId"
              params={{ dagId: dag.dag_id }}
              title={dag.name}
              className="inline-flex min-h-6 items-center font-semibold wrap-anywhere"
            >
              <span className="line-clamp-2">{dag.name}</span>
            </Link>
            <Favourite dag={dag} />
            {dag.has_import_errors && (
              <span className="inline-flex items-center gap-1 text-sm text-danger">
                <TriangleAlert size={13} aria-hidden="true" /> {t('broken')}
              </span>
            )}
            {dag.stale && <span className="text-sm text-warning">{t('stale')}</span>}
            {dag.tags.slice(0, TAGS).map((tag) => (
              <Link
                key={tag}
                to="/dags"
                search={{ tag }}
                title={tag}
                className="inline-flex min-h-6 items-center rounded-sm bg-sunken px-1.5 text-xs text-ink-2"
              >
                <span className="max-w-44 truncate max-md:max-w-24">{tag}</span>
              </Link>
            ))}
            {dag.tags.length > TAGS && (
              <span className="text-xs text-ink-2" title={dag.tags.slice(TAGS).join(', ')}>
                +{format.count(dag.tags.length - TAGS)}
              </span>
            )}
            {narrow && (
              <div className="flex basis-full flex-wrap items-center gap-x-3 py-0.5 text-sm">
                <RunBars dagId={dag.dag_id} name={dag.name} runs={dag.runs} count={Math.min(14, dag.runs.length)} />
                <NextRun dag={dag} />
                {may.run && (
                  <span className="ms-auto">
                    <TriggerButton dagId={dag.dag_id} name={dag.name} small />
                  </span>
                )}
              </div>
            )}
          </div>
        </div>
      ),
    },
    {
      key: 'runs',
      head: t('column.runs'),
      wideOnly: true,
      cell: (dag) => !narrow && <RunBars dagId={dag.dag_id} name={dag.name} runs={dag.runs} />,
    },
    {
      key: 'next',
      head: t('column.next'),
      wideOnly: true,
      className: 'whitespace-nowrap',
      cell: (dag) => <NextRun dag={dag} />,
    },
    {
      key: 'schedule',
      head: t('column.schedule'),
      wideOnly: true,
      className: 'whitespace-nowrap',
      cell: (dag) => (
        <span title={schedule(dag)}>
          {dag.schedule ? <code>{dag.schedule}</code> : <span className="text-ink-3">–</span>}
        </span>
      ),
    },
    {
      key: 'duration',
      head: <span title={t('column.duration_hint')}>{t('column.duration')}</span>,
      wideOnly: true,
      className: 'whitespace-nowrap',
      cell: (dag) =>
        dag.p50_seconds === null ? (
          <span className="text-ink-3">–</span>
        ) : (
          `${format.duration(dag.p50_seconds)} / ${format.duration(dag.p95_seconds)}`
        ),
    },
    {
      key: 'owner',
      head: t('column.owner'),
      wideOnly: true,
      cell: (dag) => <span className="block min-w-20">{dag.owners.join(', ')}</span>,
    },
    {
      key: 'do',
      head: <span className="visually-hidden">{t('column.do')}</span>,
      wideOnly: true,
      className: 'text-end',
      cell: (dag) => (mayRun(dag) && !narrow ? <TriggerButton dagId={dag.dag_id} name={dag.name} small /> : null),
    },
  ]
}
