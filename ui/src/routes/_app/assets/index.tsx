/** Assets: a dense list with freshness, who makes and who uses them. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import { Fragment, useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { AssetTabs } from '@/assets/frame'
import { FreshBadge } from '@/assets/fresh-badge'
import { Button } from '@/components/button'
import { Empty } from '@/components/empty'
import { Choice } from '@/components/field'
import { Page } from '@/components/page'
import { CursorPager } from '@/components/pager'
import { SearchBox } from '@/components/search-box'
import { type Column, Table } from '@/components/table'
import { Ago } from '@/components/time'
import { NARROW, useMedia } from '@/lib/media'
import { one, text } from '@/lib/search'

type Asset = Schemas['AssetFacts']
const SHOW = ['active', 'stale', 'never', 'unmade', 'gone'] as const
const ORDERS = ['name', 'group', 'newest', 'oldest'] as const
const BY = { name: 'name', group: 'group', newest: '-last_event', oldest: 'last_event' } as const
const NAMED = 2

type Search = {
  q?: string
  show?: (typeof SHOW)[number]
  group?: string
  dag_id?: string
  order?: (typeof ORDERS)[number]
  cursor?: string
}

/** What the address says.  The loader asks for it itself: as its dependency it would take the page away while it loads. */
function searched(search: Record<string, unknown>): Search {
  return {
    ...text(search, 'q'),
    ...one(search, 'show', SHOW),
    ...text(search, 'group'),
    ...text(search, 'dag_id'),
    ...one(search, 'order', ORDERS),
    ...text(search, 'cursor'),
  }
}

export const Route = createFileRoute('/_app/assets/')({
  validateSearch: searched,
  loader: ({ context, location }) => context.queryClient.ensureQueryData(query(searched(location.search))),
  component: Assets,
})

function query(search: Search) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/assets', {
      params: {
        query: {
          search: search.q,
          show: search.show ?? 'active',
          group: search.group,
          dag_id: search.dag_id,
          order_by: BY[search.order ?? 'name'],
          cursor: search.cursor ?? '',
        },
      },
    }),
    meta: { topics: ['assets', 'dags'] },
  }
}

function Assets() {
  const { t } = useTranslation('assets')
  const search = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const { data } = useSuspenseQuery(query(useDeferredValue(search)))
  const columns = useColumns()
  const change = (next: Partial<Search>) =>
    void navigate({ search: (before) => clean({ ...before, cursor: undefined, ...next }), replace: true })
  const filtered = Object.keys(search).some((name) => name !== 'order' && name !== 'cursor')
  return (
    <Page title={t('title')} sentence={t('what')} tabs={<AssetTabs />}>
      <search className="filters" aria-label={t('filter.label')}>
        <SearchBox label={t('filter.find')} value={search.q ?? ''} onChange={(q) => change({ q: q || undefined })} />
        <Choice
          label={t('filter.show')}
          value={search.show ?? 'active'}
          onChange={(event) => change({ show: event.target.value as Search['show'] })}
          options={SHOW.map((value) => [value, t(`show.${value}`)] as const)}
        />
        {(data.groups.length > 1 || search.group) && (
          <Choice
            label={t('filter.group')}
            value={search.group ?? ''}
            onChange={(event) => change({ group: event.target.value || undefined })}
            options={[['', t('filter.any')], ...data.groups.map((group) => [group, group] as const)]}
          />
        )}
        <Choice
          label={t('filter.order')}
          value={search.order ?? 'name'}
          onChange={(event) => change({ order: event.target.value as Search['order'] })}
          options={ORDERS.map((value) => [value, t(`order.${value}`)] as const)}
        />
      </search>
      <div className="card">
        {data.assets.length > 0 ? (
          <Table label={t('title')} rows={data.assets} rowKey={(asset) => String(asset.id)} columns={columns} />
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

function clean(search: Search): Search {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}

const EXAMPLE = `from airflow.sdk import Asset, dag, task

orders = Asset("orders", uri="s3://lake/orders")

@dag(schedule="@hourly")
def load_orders():
    @task(outlets=[orders])
    def load(): ...

    load()

load_orders()`

function useColumns(): Column<Asset>[] {
  const { t } = useTranslation('assets')
  const narrow = useMedia(NARROW)
  return [
    {
      key: 'name',
      head: t('column.name'),
      cell: (asset) => (
        <div className="min-w-40">
          <Link
            to="/assets/$assetId"
            params={{ assetId: String(asset.id) }}
            className="inline-flex min-h-6 items-center font-semibold break-all"
          >
            {asset.name}
          </Link>
          {asset.uri !== asset.name && (
            <div className="text-sm wrap-anywhere text-ink-2">
              <Parts of={asset.uri} />
            </div>
          )}
          {narrow && <FreshBadge asset={asset} />}
        </div>
      ),
    },
    { key: 'group', head: t('column.group'), wideOnly: true, cell: (asset) => asset.group },
    { key: 'last', head: t('column.last'), cell: (asset) => <Ago at={asset.last_at} /> },
    { key: 'fresh', head: t('column.fresh'), wideOnly: true, cell: (asset) => <FreshBadge asset={asset} /> },
    {
      key: 'made',
      head: t('column.made'),
      wideOnly: true,
      cell: (asset) => <Dags ids={asset.producers.map((task) => task.dag_id)} />,
    },
    {
      key: 'used',
      head: t('column.used'),
      wideOnly: true,
      cell: (asset) => <Dags ids={[...asset.dag_ids, ...asset.consumers.map((task) => task.dag_id)]} />,
    },
  ]
}

/** An address, which breaks between its parts. */
function Parts({ of }: { of: string }) {
  return of.split(/(?<=\/)(?=[^/])/).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ))
}

function Dags({ ids }: { ids: string[] }) {
  const { t } = useTranslation('assets')
  const names = [...new Set(ids)]
  if (names.length === 0) return <span className="text-ink-3">–</span>
  return (
    <span className="flex flex-wrap gap-x-2">
      {names.slice(0, NAMED).map((dagId) => (
        <Link key={dagId} to="/dags/$dagId" params={{ dagId }} className="inline-flex min-h-6 items-center break-all">
          {dagId}
        </Link>
      ))}
      {names.length > NAMED && (
        <span className="text-ink-2" title={names.slice(NAMED).join(', ')}>
          {t('and_more', { count: names.length - NAMED })}
        </span>
      )}
    </span>
  )
}
