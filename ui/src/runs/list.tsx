/** The dense list of runs: of one DAG, or of all.  Filters are the address; several can be chosen and acted upon. */
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { usePreferences } from '@/app/preferences'
import { useSession } from '@/app/session'
import { Button } from '@/components/button'
import { ChooseAll } from '@/components/choose-all'
import { Empty } from '@/components/empty'
import { Choice, TextField } from '@/components/field'
import { CursorPager } from '@/components/pager'
import { SearchBox } from '@/components/search-box'
import { useRecorded } from '@/components/sentence'
import { runState, StateBadge, useStateWord } from '@/components/state'
import { type Column, Table } from '@/components/table'
import { Duration, Time } from '@/components/time'
import { zoneName } from '@/format/time'
import { useFormat } from '@/format/use-format'
import { isDay } from '@/lib/days'
import { NARROW, useMedia } from '@/lib/media'
import { runDate } from '@/lib/run-date'
import { Bulk } from './bulk'
import { isNarrow, matchingRunsQuery, RUN_ORDERS, RUN_STATES, RUN_TYPES, type RunsSearch, runsQuery } from './search'
import type { RunKey } from './touched'

type Run = Schemas['RunRow']

type Props = {
  /** Of this DAG; without it of all. */
  dagId?: string
  search: RunsSearch
  onSearch: (search: RunsSearch, replace: boolean) => void
}

const keyOf = (run: { dag_id: string; run_id: string }) => `${run.dag_id}\n${run.run_id}`

export function RunList({ dagId, search, onSearch }: Props) {
  const { t } = useTranslation(['runs', 'common'])
  const format = useFormat()
  const { zone } = usePreferences()
  const { data } = useSuspenseQuery(runsQuery(useDeferredValue(search), zoneName(zone), dagId))
  const { may } = useSession()
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const [every, setEvery] = useState<readonly RunKey[] | null>(null)
  const chosen = data.runs.filter((run) => marked.has(keyOf(run)))
  const whole = data.runs.length > 0 && chosen.length === data.runs.length
  const others = data.next_cursor !== null || data.previous_cursor !== null
  const { data: matching } = useQuery({
    ...matchingRunsQuery(search, zoneName(zone), dagId),
    enabled: whole && others,
  })
  const mark = (next: ReadonlySet<string>) => {
    setMarked(next)
    setEvery(null)
  }
  const columns = useColumns(dagId === undefined)
  const choose: Column<Run> = {
    key: 'choose',
    head: (
      <input
        type="checkbox"
        aria-label={t('choose_all')}
        checked={whole}
        onChange={(event) => mark(new Set(event.target.checked ? data.runs.map(keyOf) : []))}
        className="size-4 align-middle accent-brand"
      />
    ),
    className: 'w-8 pe-0!',
    cell: (run) => (
      <input
        type="checkbox"
        aria-label={t('choose_one', { name: dagId === undefined ? `${run.dag_id} ${run.run_id}` : run.run_id })}
        checked={marked.has(keyOf(run))}
        onChange={(event) => {
          const next = new Set(marked)
          if (event.target.checked) next.add(keyOf(run))
          else next.delete(keyOf(run))
          mark(next)
        }}
        className="size-4 align-middle accent-brand"
      />
    ),
  }
  const go = (cursor: string | undefined) => {
    mark(new Set())
    onSearch(clean({ ...search, cursor }), false)
  }
  return (
    <>
      <Filters
        all={dagId === undefined}
        search={search}
        onChange={(next) => {
          mark(new Set())
          onSearch(clean({ ...search, cursor: undefined, ...next }), true)
        }}
      />
      <div className="card">
        {chosen.length > 0 && (
          <Bulk
            runs={every ?? chosen.map(({ dag_id, run_id }) => ({ dag_id, run_id }))}
            onDone={() => mark(new Set())}
          />
        )}
        {whole && others && (
          <ChooseAll
            matching={every?.length ?? matching?.runs.length}
            more={matching?.more ?? false}
            all={every !== null}
            onAll={() => setEvery(matching?.runs ?? null)}
          />
        )}
        {data.runs.length > 0 ? (
          <Table
            label={t('title')}
            rows={data.runs}
            rowKey={keyOf}
            columns={may.run ? [choose, ...columns] : columns}
          />
        ) : isNarrow(search) ? (
          <Empty
            title={t('nothing')}
            action={<Button onClick={() => onSearch({}, false)}>{t('filter.clear')}</Button>}
          />
        ) : (
          <Empty title={t('empty')}>{t('empty_what')}</Empty>
        )}
      </div>
      {data.looked_at !== null && (
        <p className="pt-2 text-sm text-ink-2">{t('looked_at', { shown: format.count(data.looked_at) })}</p>
      )}
      <CursorPager page={data} at={search.cursor} onGo={go} />
    </>
  )
}

function clean(search: RunsSearch): RunsSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ''))
}

function Filters({
  all,
  search,
  onChange,
}: {
  all: boolean
  search: RunsSearch
  onChange: (next: Partial<RunsSearch>) => void
}) {
  const { t } = useTranslation(['runs', 'common'])
  const word = useStateWord()
  const any = ['', t('filter.any')] as const
  const bound = (name: 'from' | 'to') => {
    const value = search[name]
    return (
      <TextField
        label={t(`filter.${name}`)}
        type={value === undefined || isDay(value) ? 'date' : 'text'}
        value={value ?? ''}
        onChange={(event) => onChange({ [name]: event.target.value || undefined })}
      />
    )
  }
  return (
    <search className="filters" aria-label={t('filter.label')}>
      {all && (
        <SearchBox
          label={t('filter.dag')}
          value={search.dag ?? ''}
          onChange={(dag) => onChange({ dag: dag || undefined })}
        />
      )}
      <SearchBox label={t('filter.find')} value={search.q ?? ''} onChange={(q) => onChange({ q: q || undefined })} />
      <Choice
        label={t('filter.state')}
        value={search.state ?? ''}
        onChange={(event) => onChange({ state: (event.target.value || undefined) as RunsSearch['state'] })}
        options={[any, ...RUN_STATES.map((state) => [state, word(state)] as const)]}
      />
      <Choice
        label={t('filter.type')}
        value={search.type ?? ''}
        onChange={(event) => onChange({ type: (event.target.value || undefined) as RunsSearch['type'] })}
        options={[any, ...RUN_TYPES.map((type) => [type, t(`type.${type}`)] as const)]}
      />
      {bound('from')}
      {bound('to')}
      <Choice
        label={t('filter.order')}
        value={search.order ?? '-run_after'}
        onChange={(event) => onChange({ order: event.target.value as RunsSearch['order'] })}
        options={RUN_ORDERS.map((order) => [order, t(`order.${order}`)] as const)}
      />
      {search.version !== undefined && (
        <Button onClick={() => onChange({ version: undefined })}>
          {t('filter.version', { version: search.version })}
        </Button>
      )}
    </search>
  )
}

function useColumns(all: boolean): Column<Run>[] {
  const { t } = useTranslation('runs')
  const recorded = useRecorded()
  const format = useFormat()
  const narrow = useMedia(NARROW)
  const typeWord = (type: string) => t(`type.${type as (typeof RUN_TYPES)[number]}`)
  const of = (run: Run) => (
    <Link
      to="/dags/$dagId/runs/$runId"
      params={{ dagId: run.dag_id, runId: run.run_id }}
      title={run.run_id}
      className="inline-flex min-h-6 items-center font-semibold whitespace-nowrap"
    >
      {run.partition_key ?? format.dateTime(runDate(run))}
    </Link>
  )
  return [
    {
      key: 'state',
      head: t('column.state'),
      className: 'md:w-1',
      cell: (run) => (
        <span title={run.reason ? recorded(run.reason) : undefined}>
          <StateBadge state={runState(run)} className="max-md:whitespace-normal" />
        </span>
      ),
    },
    ...(all
      ? [
          {
            key: 'dag',
            head: t('column.dag'),
            className: 'max-md:w-full',
            cell: (run: Run) => (
              <>
                <Link
                  to="/dags/$dagId"
                  params={{ dagId: run.dag_id }}
                  className="inline-flex min-h-6 items-center break-all"
                >
                  {run.dag_name}
                </Link>
                {narrow && (
                  <div className="flex flex-wrap items-center gap-x-3">
                    {of(run)}
                    <span className="text-sm text-ink-2">
                      <Duration start={run.start_date} end={run.end_date} />
                    </span>
                  </div>
                )}
              </>
            ),
          },
        ]
      : []),
    { key: 'run', head: t('column.run'), wideOnly: all, cell: (run) => !(all && narrow) && of(run) },
    {
      key: 'type',
      head: t('column.type'),
      wideOnly: true,
      cell: (run) =>
        run.backfill_id === null ? (
          <span className="whitespace-nowrap">{typeWord(run.run_type)}</span>
        ) : (
          <Link
            to="/schedule/backfills/$backfillId"
            params={{ backfillId: String(run.backfill_id) }}
            className="inline-flex min-h-6 items-center whitespace-nowrap"
          >
            {t('of_backfill', { id: run.backfill_id })}
          </Link>
        ),
    },
    { key: 'start', head: t('column.start'), wideOnly: true, cell: (run) => <Time at={run.start_date} /> },
    {
      key: 'end',
      head: t('column.end'),
      wideOnly: true,
      className: 'max-2xl:hidden',
      cell: (run) => <Time at={run.end_date} />,
    },
    {
      key: 'duration',
      head: t('column.duration'),
      wideOnly: all,
      className: 'text-end',
      cell: (run) => !(all && narrow) && <Duration start={run.start_date} end={run.end_date} />,
    },
    {
      key: 'by',
      head: t('column.by'),
      wideOnly: true,
      cell: (run) => (
        <span className="whitespace-nowrap">
          {run.triggering_user ?? t(`by.${run.triggered_by as 'ui'}`, { defaultValue: run.triggered_by })}
        </span>
      ),
    },
    {
      key: 'version',
      head: t('column.version'),
      wideOnly: true,
      className: 'text-end max-2xl:hidden',
      cell: (run) => (
        <Link
          to="/dags/$dagId/code"
          params={{ dagId: run.dag_id }}
          search={{ version: run.version_number }}
          aria-label={t('version_of', { version: run.version_number })}
          className="inline-flex min-h-6 min-w-6 items-center justify-end"
        >
          {run.version_number}
        </Link>
      ),
    },
    {
      key: 'conf',
      head: t('column.conf'),
      wideOnly: true,
      cell: (run) =>
        Object.keys(run.conf).length > 0 ? (
          <Short text={JSON.stringify(run.conf)} code />
        ) : (
          <span className="text-ink-3">–</span>
        ),
    },
    {
      key: 'note',
      head: t('column.note'),
      wideOnly: true,
      cell: (run) => (run.note ? <Short text={run.note} /> : <span className="text-ink-3">–</span>),
    },
  ]
}

function Short({ text, code }: { text: string; code?: boolean }) {
  const shown = <span className="block max-w-48 truncate">{text}</span>
  return <span title={text}>{code ? <code>{shown}</code> : shown}</span>
}
