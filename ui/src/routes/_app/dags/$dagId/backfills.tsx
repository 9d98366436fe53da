/** The backfills of a DAG, newest first, and the way to the planner. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { useMayRun } from '@/app/session'
import { progressOf } from '@/backfills/progress'
import { buttonClass } from '@/components/button'
import { Empty } from '@/components/empty'
import { Pager } from '@/components/pager'
import { StateBadge, stateColor, useStateWord } from '@/components/state'
import { Table } from '@/components/table'
import { Ago, Time } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { NARROW, useMedia } from '@/lib/media'
import { whole } from '@/lib/search'

type Backfill = Schemas['BackfillDetailResponse']
const LIMIT = 25
const topics = ['backfills']

export const Route = createFileRoute('/_app/dags/$dagId/backfills')({
  validateSearch: (search) => whole(search, 'offset'),
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => context.queryClient.ensureQueryData(query(params.dagId, deps.offset)),
  component: View,
})

function query(dagId: string, offset = 0) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/backfills', {
      params: { query: { dag_id: dagId, limit: LIMIT, offset, order_by: ['-id'], counted: true } },
    }),
    meta: { topics },
  }
}

function View() {
  const { t } = useTranslation('dagpages')
  const { dagId } = Route.useParams()
  const { offset = 0 } = Route.useSearch()
  const navigate = Route.useNavigate()
  const mayRun = useMayRun(dagId)
  const narrow = useMedia(NARROW)
  const { data } = useSuspenseQuery(query(dagId, useDeferredValue(offset)))
  const make = mayRun && (
    <Link to="/schedule/backfill" search={{ dag_id: dagId }} className={buttonClass('primary')}>
      <Plus size={14} aria-hidden="true" />
      {t('backfills.new')}
    </Link>
  )
  return (
    <>
      <h2 className="visually-hidden">{t('backfills.title')}</h2>
      <div className="card">
        {data.backfills.length === 0 ? (
          <Empty title={t('backfills.none')} action={make}>
            {t('backfills.what')}
          </Empty>
        ) : (
          <>
            <div className="flex justify-end border-line border-b px-3 py-2">{make}</div>
            <Table
              label={t('backfills.title')}
              rows={data.backfills}
              rowKey={(row) => String(row.id)}
              columns={[
                {
                  key: 'id',
                  head: t('backfills.id'),
                  cell: (row) => (
                    <>
                      <Link
                        to="/schedule/backfills/$backfillId"
                        params={{ backfillId: String(row.id) }}
                        className="inline-flex min-h-6 items-center font-semibold whitespace-nowrap"
                      >
                        {t('backfills.number', { id: row.id })}
                      </Link>
                      {narrow && (
                        <div>
                          <State backfill={row} />
                        </div>
                      )}
                    </>
                  ),
                },
                {
                  key: 'state',
                  head: t('backfills.state'),
                  wideOnly: true,
                  cell: (row) => !narrow && <State backfill={row} />,
                },
                {
                  key: 'range',
                  head: t('backfills.range'),
                  wideOnly: true,
                  cell: (row) => !narrow && <Range backfill={row} />,
                },
                {
                  key: 'progress',
                  head: t('backfills.progress'),
                  className: 'min-w-44',
                  cell: (row) => (
                    <>
                      {narrow && <Range backfill={row} />}
                      <Progress backfill={row} />
                    </>
                  ),
                },
                { key: 'by', head: t('backfills.by'), wideOnly: true, cell: (row) => row.created_by ?? row.origin },
                { key: 'at', head: t('backfills.at'), wideOnly: true, cell: (row) => <Ago at={row.created_at} /> },
              ]}
            />
            <Pager
              offset={offset}
              limit={LIMIT}
              total={data.total_entries}
              onGo={(next) => void navigate({ search: next > 0 ? { offset: next } : {} })}
            />
          </>
        )}
      </div>
    </>
  )
}

function Range({ backfill }: { backfill: Backfill }) {
  return (
    <span>
      <Time at={backfill.from_date} /> – <Time at={backfill.to_date} />
    </span>
  )
}

function State({ backfill }: { backfill: Backfill }) {
  const { t } = useTranslation('dagpages')
  if (backfill.completed_at) return <span>{t('backfills.over')}</span>
  if (backfill.is_paused) return <span title={backfill.reason ?? undefined}>{t('backfills.paused')}</span>
  return <StateBadge state="running" />
}

/** How its runs stand. */
function Progress({ backfill }: { backfill: Backfill }) {
  const { t } = useTranslation('dagpages')
  const word = useStateWord()
  const format = useFormat()
  const progress = progressOf(backfill)
  const all = Math.max(progress.all ?? progress.done, 1)
  return (
    <div className="py-1">
      <div aria-hidden="true" className="flex h-1.5 overflow-hidden rounded-full bg-line">
        {progress.parts.map(({ state, count }) => (
          <span key={state} style={{ width: `${(100 * count) / all}%`, background: stateColor(state) }} />
        ))}
      </div>
      <p className="mt-0.5 text-sm text-ink-2">
        {progress.all === null
          ? t('backfills.done', { count: progress.done, done: format.count(progress.done) })
          : t('backfills.done_of', { done: format.count(progress.done), all: format.count(progress.all) })}
        {progress.parts.map(({ state, count }) => ` · ${word(state)} ${format.count(count)}`).join('')}
      </p>
    </div>
  )
}
