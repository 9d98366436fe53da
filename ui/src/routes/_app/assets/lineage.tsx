/** Lineage: which DAGs make and use which assets, as a drawing or a tree; and what an asset concerns. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { lazy, Suspense, useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '@/api/client'
import { AssetTabs } from '@/assets/frame'
import { Button, buttonClass } from '@/components/button'
import { Empty } from '@/components/empty'
import { Choice } from '@/components/field'
import { Page, Section } from '@/components/page'
import { Skeleton } from '@/components/skeleton'
import { Table } from '@/components/table'
import { Ago } from '@/components/time'
import { useMedia } from '@/lib/media'
import { one, whole } from '@/lib/search'
import { assetKey, type Branch, impactOf, type Point, rootsOf, type Shape, shapeOf, treeOf } from '@/lineage/shape'

const Flow = lazy(() => import('@/lineage/flow'))
const DIRECTIONS = ['both', 'up', 'down'] as const
const VIEWS = ['graph', 'tree', 'impact'] as const
const DEPTHS = [1, 2, 4, 6, 10, 20] as const
const DEPTH = 4
const FURTHEST = 20

/** On a phone nobody can read a drawing of everything. */
const PHONE = '(max-width: 640px)'
const standardView = () => (matchMedia(PHONE).matches ? 'tree' : 'graph')

type Search = {
  asset?: number
  depth?: number
  direction?: (typeof DIRECTIONS)[number]
  view?: (typeof VIEWS)[number]
  node?: string
}

export const Route = createFileRoute('/_app/assets/lineage')({
  validateSearch: (search): Search => ({
    ...whole(search, 'asset'),
    ...whole(search, 'depth'),
    ...one(search, 'direction', DIRECTIONS),
    ...one(search, 'view', VIEWS),
    ...(typeof search.node === 'string' ? { node: search.node } : {}),
  }),
  loaderDeps: ({ search: { asset, depth, direction, view } }) => ({ asset, depth, direction, view }),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(query(deps))
    if ((deps.view ?? standardView()) === 'graph') void import('@/lineage/flow')
  },
  component: Lineage,
})

function query({ asset, depth, direction, view }: Search) {
  const impact = view === 'impact' && asset !== undefined // without an asset there is nothing that could be concerned
  return {
    ...$api.queryOptions('get', '/api/tradewind/lineage', {
      params: {
        query: {
          asset_id: asset,
          depth: impact ? FURTHEST : Math.min(Math.max(depth ?? DEPTH, 1), FURTHEST),
          direction: impact ? 'down' : (direction ?? 'both'),
        },
      },
    }),
    meta: { topics: ['assets', 'dags'] },
  }
}

function Lineage() {
  const { t } = useTranslation('assets')
  const search = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const standard = useMedia(PHONE) ? 'tree' : 'graph'
  const view = search.view === 'impact' && search.asset === undefined ? standard : (search.view ?? standard)
  const { data } = useSuspenseQuery(query(useDeferredValue(search)))
  const shape = useMemo(() => shapeOf(data), [data])
  const root = search.asset === undefined ? null : assetKey(search.asset)
  const change = (next: Partial<Search>) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(Object.entries({ ...before, ...next }).filter(([, value]) => value !== undefined)),
      replace: true,
      resetScroll: false,
    })
  const assets = data.assets.toSorted((a, b) => a.name.localeCompare(b.name))
  const chosen = search.node === undefined ? undefined : shape.points.get(search.node)
  const name = root === null ? undefined : shape.points.get(root)?.name
  return (
    <Page
      title={name === undefined ? t('lineage.title') : t('lineage.of', { name })}
      sentence={t('lineage.what')}
      tabs={<AssetTabs />}
    >
      <div className="filters">
        <Choice
          label={t('lineage.around')}
          value={search.asset === undefined ? '' : String(search.asset)}
          onChange={(event) =>
            change({ asset: event.target.value === '' ? undefined : Number(event.target.value), node: undefined })
          }
          options={[['', t('lineage.all')], ...assets.map((asset) => [String(asset.id), asset.name] as const)]}
          className="max-w-64"
        />
        {root !== null && view !== 'impact' && (
          <>
            <Choice
              label={t('lineage.direction')}
              value={search.direction ?? 'both'}
              onChange={(event) => change({ direction: event.target.value as Search['direction'] })}
              options={DIRECTIONS.map((value) => [value, t(`lineage.${value}`)] as const)}
            />
            <Choice
              label={t('lineage.depth')}
              value={String(search.depth ?? DEPTH)}
              onChange={(event) => change({ depth: Number(event.target.value) })}
              options={[...new Set([...DEPTHS, search.depth ?? DEPTH])]
                .sort((a, b) => a - b)
                .map((value) => [String(value), t('lineage.steps', { count: value })] as const)}
            />
          </>
        )}
        <fieldset className="flex rounded-md border border-line-strong bg-surface">
          <legend className="visually-hidden">{t('lineage.view')}</legend>
          {VIEWS.filter((value) => value !== 'impact' || root !== null).map((value) => (
            <button
              key={value}
              type="button"
              aria-pressed={value === view}
              onClick={() => change({ view: value === standard ? undefined : value })}
              className={clsx(
                'h-7.5 px-2.5 text-sm whitespace-nowrap first:rounded-s-md last:rounded-e-md',
                value === view ? 'bg-brand font-semibold text-brand-ink' : 'text-ink-2 hover:bg-hover',
              )}
            >
              {t(`lineage.as_${value}`)}
            </button>
          ))}
        </fieldset>
      </div>
      {data.more && <p className="mb-2 text-warning">{t('lineage.more')}</p>}
      {shape.points.size === 0 ? (
        <div className="card">
          <Empty title={t('empty.title')}>{t('empty.what')}</Empty>
        </div>
      ) : view === 'tree' ? (
        <Trees shape={shape} root={root} direction={search.direction ?? 'both'} />
      ) : view === 'impact' && root !== null ? (
        <Impact shape={shape} root={root} />
      ) : (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="card h-[65vh] min-h-80 overflow-hidden">
            <Suspense fallback={<Skeleton className="m-4 h-64" />}>
              <Flow shape={shape} root={root} chosen={search.node} onChoose={(node) => change({ node })} />
            </Suspense>
          </div>
          <div className="grid gap-4">
            {chosen ? (
              <Chosen point={chosen} shape={shape} />
            ) : (
              <p className="px-1 text-ink-2">{t('lineage.choose')}</p>
            )}
            <Legend />
          </div>
        </div>
      )}
    </Page>
  )
}

function Legend() {
  const { t } = useTranslation('assets')
  const lines = [
    ['schedule', 2, undefined],
    ['outlet', 1.2, undefined],
    ['inlet', 1.2, '5 4'],
  ] as const
  return (
    <ul className="space-y-0.5 px-1 text-sm text-ink-2">
      {lines.map(([role, width, dash]) => (
        <li key={role} className="flex items-center gap-2">
          <svg width="28" height="6" aria-hidden="true">
            <line x1="0" x2="28" y1="3" y2="3" stroke="var(--line-strong)" strokeWidth={width} strokeDasharray={dash} />
          </svg>
          {t(`lineage.role.${role}`)}
        </li>
      ))}
    </ul>
  )
}

function Name({ point }: { point: Point }) {
  return point.kind === 'asset' ? (
    <Link to="/assets/$assetId" params={{ assetId: String(point.asset.id) }} className="break-all">
      {point.name}
    </Link>
  ) : (
    <Link to="/dags/$dagId" params={{ dagId: point.dag.dag_id }} className="break-all">
      {point.name}
    </Link>
  )
}

function Chosen({ point, shape }: { point: Point; shape: Shape }) {
  const { t } = useTranslation('assets')
  const before = shape.wires.filter((wire) => wire.target === point.id)
  const after = shape.wires.filter((wire) => wire.source === point.id)
  return (
    <Section title={point.name}>
      <div className="space-y-3 px-4 py-3">
        <p className="break-all text-ink-2">
          {point.kind === 'asset' ? point.asset.uri : t('lineage.owners', { names: point.dag.owners || '–' })}
        </p>
        {point.kind === 'asset' && (
          <p>
            {t('column.last')}: <Ago at={point.asset.last_at} />
          </p>
        )}
        {(
          [
            ['before', before],
            ['after', after],
          ] as const
        ).map(([what, wires]) => (
          <div key={what}>
            <h3>{t(`lineage.${what}`)}</h3>
            {wires.length === 0 ? (
              <p className="text-ink-3">–</p>
            ) : (
              <ul>
                {wires.map((wire) => {
                  const other = shape.points.get(what === 'before' ? wire.source : wire.target)
                  return (
                    other && (
                      <li key={wire.id}>
                        <Name point={other} />{' '}
                        {wire.tasks.length > 0 && <span className="text-sm text-ink-2">{wire.tasks.join(', ')}</span>}
                      </li>
                    )
                  )
                })}
              </ul>
            )}
          </div>
        ))}
        <div className="flex flex-wrap gap-2">
          {point.kind === 'asset' ? (
            <>
              <Link to="/assets/$assetId" params={{ assetId: String(point.asset.id) }} className={buttonClass()}>
                {t('lineage.open')}
              </Link>
              <Link to="/assets/lineage" search={{ asset: point.asset.id }} className={buttonClass()}>
                {t('lineage.centre')}
              </Link>
              <Link to="/assets/lineage" search={{ asset: point.asset.id, view: 'impact' }} className={buttonClass()}>
                {t('lineage.as_impact')}
              </Link>
            </>
          ) : (
            <Link to="/dags/$dagId" params={{ dagId: point.dag.dag_id }} className={buttonClass()}>
              {t('lineage.open')}
            </Link>
          )}
        </div>
      </div>
    </Section>
  )
}

/** The same in words: nested lists. */
function Trees({ shape, root, direction }: { shape: Shape; root: string | null; direction: 'both' | 'up' | 'down' }) {
  const { t } = useTranslation('assets')
  if (root === null) {
    return (
      <Section title={t('lineage.down')}>
        <ul className="px-4 py-3">
          {rootsOf(shape).map((id) => {
            const tree = treeOf(shape, id, 'down')
            return tree && <Twig key={id} branch={tree} />
          })}
        </ul>
      </Section>
    )
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      {(['up', 'down'] as const)
        .filter((way) => direction === 'both' || direction === way)
        .map((way) => {
          const tree = treeOf(shape, root, way)
          return (
            <Section key={way} title={t(`lineage.${way}`)}>
              <ul className="px-4 py-3">{tree && <Twig branch={tree} />}</ul>
            </Section>
          )
        })}
    </div>
  )
}

function Twig({ branch }: { branch: Branch }) {
  const { t } = useTranslation('assets')
  const { point } = branch
  return (
    <li>
      <span className="inline-flex min-h-7 flex-wrap items-center gap-x-2">
        <span className="text-sm text-ink-2">{t(`lineage.word.${point.kind}`)}</span>
        <Name point={point} />
        {point.kind === 'asset' && point.asset.last_at !== null && (
          <span className="text-sm text-ink-2">
            <Ago at={point.asset.last_at} />
          </span>
        )}
        {point.kind === 'dag' && point.dag.paused && <span className="text-sm text-warning">{t('paused')}</span>}
        {branch.seen && <span className="text-sm text-ink-3">{t('lineage.seen')}</span>}
      </span>
      {branch.branches.length > 0 && (
        <ul className="ms-1.5 border-line border-s ps-4">
          {branch.branches.map((one) => (
            <Twig key={one.point.id} branch={one} />
          ))}
        </ul>
      )}
    </li>
  )
}

function Impact({ shape, root }: { shape: Shape; root: string }) {
  const { t } = useTranslation('assets')
  const navigate = useNavigate({ from: Route.fullPath })
  const found = impactOf(shape, root)
  const dags = found.filter(({ point }) => point.kind === 'dag').length
  return (
    <Section
      title={t('lineage.concerns', {
        dags: t('lineage.dags', { count: dags }),
        assets: t('lineage.assets', { count: found.length - dags }),
      })}
      extra={
        <Button
          small
          onClick={() =>
            void navigate({ search: (before) => ({ asset: before.asset, direction: 'down', depth: FURTHEST }) })
          }
        >
          {t('lineage.as_graph')}
        </Button>
      }
    >
      {found.length === 0 ? (
        <Empty title={t('lineage.nobody')} />
      ) : (
        <Table
          label={t('lineage.as_impact')}
          rows={found}
          rowKey={({ point }) => point.id}
          columns={[
            { key: 'far', head: t('lineage.far'), cell: ({ depth }) => t('lineage.steps', { count: depth }) },
            { key: 'kind', head: t('lineage.what_kind'), cell: ({ point }) => t(`lineage.word.${point.kind}`) },
            { key: 'name', head: t('column.name'), cell: ({ point }) => <Name point={point} /> },
            {
              key: 'owner',
              head: t('lineage.owner'),
              wideOnly: true,
              cell: ({ point }) => (point.kind === 'dag' ? point.dag.owners || '–' : point.asset.group),
            },
            {
              key: 'last',
              head: t('column.last'),
              cell: ({ point }) =>
                point.kind === 'asset' ? <Ago at={point.asset.last_at} /> : point.dag.paused ? t('paused') : '–',
            },
          ]}
        />
      )}
    </Section>
  )
}
