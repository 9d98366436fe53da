/** A backfill: how far it is, each date with its run, and what can be done with it. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api, type Schemas } from '@/api/client'
import { useMayRun } from '@/app/session'
import { progressOf } from '@/backfills/progress'
import { CancelWindow, RetryWindow } from '@/backfills/windows'
import { Button } from '@/components/button'
import { Facts } from '@/components/facts'
import { Page, Section } from '@/components/page'
import { Pager } from '@/components/pager'
import { useRecorded } from '@/components/sentence'
import { runState, StateBadge, stateColor, useStateWord } from '@/components/state'
import { Table } from '@/components/table'
import { Duration, Time } from '@/components/time'
import { complain, say } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { whole } from '@/lib/search'

type Backfill = Schemas['BackfillDetailResponse']
const LIMIT = 100

export const Route = createFileRoute('/_app/schedule/backfills/$backfillId')({
  validateSearch: (search) => whole(search, 'offset'),
  component: BackfillPage,
})

function one(id: number) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/backfills/{backfill_id}', { params: { path: { backfill_id: id } } }),
    meta: { topics: ['backfills'] },
  }
}

function runs(id: number, offset: number) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/backfills/{backfill_id}/runs', {
      params: { path: { backfill_id: id }, query: { limit: LIMIT, offset } },
    }),
    meta: { topics: ['backfills'] },
  }
}

function BackfillPage() {
  const { t } = useTranslation(['backfill', 'common'])
  const recorded = useRecorded()
  const id = Number(Route.useParams().backfillId)
  const { offset = 0 } = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const { data: backfill } = useSuspenseQuery(one(id))
  const { data: list } = useSuspenseQuery(runs(id, useDeferredValue(offset)))
  const whys = list.backfill_runs.some((run) => run.action !== 'create')
  const title = t('of', { id, dag: backfill.dag_display_name })
  return (
    <Page
      title={title}
      crumbs={[
        { label: t('schedule'), link: { to: '/schedule' } },
        {
          label: backfill.dag_display_name,
          link: { to: '/dags/$dagId/backfills', params: { dagId: backfill.dag_id } },
        },
        { label: `${id}` },
      ]}
      sentence={<Sentence backfill={backfill} />}
      actions={<Actions backfill={backfill} />}
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Progress backfill={backfill} />
        <Section title={t('runs')}>
          <Table
            label={t('runs')}
            rows={list.backfill_runs}
            rowKey={(run) => String(run.ordinal)}
            columns={[
              {
                key: 'date',
                head: t('column.date'),
                cell: (run) =>
                  run.dag_run_id ? (
                    <Link to="/dags/$dagId/runs/$runId" params={{ dagId: backfill.dag_id, runId: run.dag_run_id }}>
                      {run.partition_key ?? <Time at={run.logical_date} />}
                    </Link>
                  ) : (
                    (run.partition_key ?? <Time at={run.logical_date} />)
                  ),
              },
              {
                key: 'state',
                head: t('column.state'),
                cell: (run) => (run.action === 'skip' ? t('action.skip') : <StateBadge state={runState(run)} />),
              },
              ...(whys
                ? [
                    {
                      key: 'why',
                      head: t('column.why'),
                      cell: (run: (typeof list.backfill_runs)[number]) =>
                        run.action === 'create' ? '' : recorded(run.reason),
                      wideOnly: true,
                    },
                  ]
                : []),
              {
                key: 'duration',
                head: t('column.duration'),
                className: 'text-end',
                cell: (run) => <Duration start={run.start_date} end={run.end_date} />,
              },
            ]}
          />
          <Pager
            offset={offset}
            limit={LIMIT}
            total={list.total_entries}
            onGo={(to) => void navigate({ search: to > 0 ? { offset: to } : {} })}
          />
        </Section>
      </div>
    </Page>
  )
}

function Sentence({ backfill }: { backfill: Backfill }) {
  const { t } = useTranslation('backfill')
  const recorded = useRecorded()
  const format = useFormat()
  const { done, all } = progressOf(backfill)
  const words = [
    backfill.completed_at ? t('is.completed') : backfill.is_paused ? t('is.paused') : t('is.running'),
    all === null ? '' : t('is.of', { done: format.count(done), all: format.count(all) }),
    // that a whole backfill ended because all of it ended is said already
    backfill.completed_at && done === all ? '' : recorded(backfill.reason),
  ]
  return <>{words.filter(Boolean).join(' · ')}</>
}

function Progress({ backfill }: { backfill: Backfill }) {
  const { t } = useTranslation('backfill')
  const format = useFormat()
  const word = useStateWord()
  const { parts, all } = progressOf(backfill)
  const total = Math.max(all ?? 1, 1)
  return (
    <div className="card p-4">
      <div aria-hidden="true" className="flex h-3 overflow-hidden rounded-full bg-line">
        {parts.map((part) => (
          <span
            key={part.state}
            style={{ width: `${(100 * part.count) / total}%`, background: stateColor(part.state) }}
          />
        ))}
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
        {parts.map((part) => (
          <li key={part.state} className="flex items-center gap-1.5">
            <span aria-hidden="true" className="size-2.5 rounded-xs" style={{ background: stateColor(part.state) }} />
            {word(part.state)} {format.count(part.count)}
          </li>
        ))}
        {backfill.skipped ? <li className="text-ink-2">{t('left_alone', { count: backfill.skipped })}</li> : null}
        <li className="text-ink-2">{t('at_once', { count: backfill.max_active_runs })}</li>
        {backfill.stop_after !== null && (
          <li className="text-ink-2">{t('stops_after', { count: backfill.stop_after })}</li>
        )}
      </ul>
      <div className="mt-3 border-line border-t pt-3">
        <Facts
          rows={[
            [
              t('logical_dates'),
              // those that were named one by one are in the table
              backfill.dates === null && backfill.partition_keys === null && (
                <>
                  <Time at={backfill.from_date} /> – <Time at={backfill.to_date} />
                </>
              ),
            ],
            [t('started'), <Time key="at" at={backfill.created_at} />],
            [t('by_whom'), backfill.created_by ?? backfill.origin],
          ]}
        />
      </div>
    </div>
  )
}

function Actions({ backfill }: { backfill: Backfill }) {
  const { t } = useTranslation(['backfill', 'common'])
  const mayRun = useMayRun(backfill.dag_id)
  const client = useQueryClient()
  const [asking, setAsking] = useState<'retry' | 'cancel'>()
  const [busy, setBusy] = useState(false)
  if (!mayRun) return null
  const close = () => setAsking(undefined)
  const path = { backfill_id: backfill.id }
  const refresh = () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/tradewind/backfills'),
    })
  const act = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await work()
      say(done)
      await refresh()
    } catch (error) {
      complain(error)
    } finally {
      setBusy(false)
    }
  }
  const failed = backfill.runs?.failed ?? 0
  return (
    <>
      {failed > 0 && <Button onClick={() => setAsking('retry')}>{t('retry', { count: failed })}</Button>}
      {!backfill.completed_at &&
        (backfill.is_paused ? (
          <Button
            look="primary"
            busy={busy}
            onClick={() =>
              act(() => api.PUT('/api/v2/backfills/{backfill_id}/unpause', { params: { path } }), t('resumed'))
            }
          >
            {t('resume')}
          </Button>
        ) : (
          <Button
            busy={busy}
            onClick={() =>
              act(() => api.PUT('/api/v2/backfills/{backfill_id}/pause', { params: { path } }), t('paused'))
            }
          >
            {t('pause')}
          </Button>
        ))}
      {!backfill.completed_at && (
        <Button look="danger" onClick={() => setAsking('cancel')}>
          {t('cancel')}
        </Button>
      )}
      {asking === 'retry' && <RetryWindow backfill={backfill} onClose={close} done={refresh} />}
      {asking === 'cancel' && <CancelWindow backfill={backfill} onClose={close} done={refresh} />}
    </>
  )
}
