/** The instances of a mapped task, those that need attention first; chosen ones are cleared or marked together. */
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import clsx from 'clsx'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MarkState } from '@/actions/target'
import { ClearDialog, MarkDialog } from '@/actions/windows'
import { $api, type Schemas } from '@/api/client'
import { useMayRun } from '@/app/session'
import { Button } from '@/components/button'
import { ChooseAll } from '@/components/choose-all'
import { Empty } from '@/components/empty'
import { Choice } from '@/components/field'
import { CursorPager } from '@/components/pager'
import { SearchBox } from '@/components/search-box'
import { asState, StateBadge, useStateWord } from '@/components/state'
import { Table } from '@/components/table'
import { Duration, Time } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { runTopic } from '@/live/topics'
import type { Place } from './queries'
import { INSTANCE_ORDERS, type TaskSearch } from './search'

const LIMIT = 100
const MARKS: MarkState[] = ['success', 'failed', 'skipped']
const HERE = '/dags/$dagId/runs/$runId/tasks/$taskId'

type Row = {
  index: number
  name: string | null
  state: string | null
  tries: number
  start: string | null
  end: string | null
  note: boolean
}

function rowsOf(page: Schemas['InstancesResponse']): Row[] {
  const time = (at: number | null | undefined) => (at == null ? null : new Date(at).toISOString())
  return page.map_index.map((index, at) => ({
    index,
    name: page.name[at] ?? null,
    state: page.state[at] ?? null,
    tries: page.try_number[at] ?? 0,
    start: time(page.start[at]),
    end: time(page.end[at]),
    note: page.has_note[at] ?? false,
  }))
}

type Props = { task: Schemas['TaskPageResponse']; place: Place; search: TaskSearch }

export function Instances({ task, place, search }: Props) {
  const { t } = useTranslation(['task', 'common'])
  const { dagId, runId, taskId } = place
  const navigate = useNavigate({ from: HERE })
  const format = useFormat()
  const word = useStateWord()
  const mayRun = useMayRun(dagId)
  const asked = useDeferredValue(search)
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [opened, setOpened] = useState<'clear' | MarkState | null>(null)
  const path = { dag_id: dagId, run_id: runId, task_id: taskId }
  const filters = {
    ...(asked.state ? { state: [asked.state] } : {}),
    ...(asked.name ? { name: asked.name } : {}),
  }
  const { data } = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/instances', {
      params: {
        path,
        query: {
          limit: LIMIT,
          ...filters,
          ...(asked.order ? { order_by: asked.order } : {}),
          ...(asked.after ? { after: asked.after } : {}),
        },
      },
    }),
    meta: { topics: [runTopic(dagId, runId)] },
  })
  const rows = rowsOf(data)
  const go = (change: Partial<TaskSearch>) => {
    setChosen(new Set())
    void navigate({ search: (before) => ({ ...before, ...change }) })
  }
  const turn = (index: number) =>
    setChosen((before) => {
      const next = new Set(before)
      if (!next.delete(index)) next.add(index)
      return next
    })
  const all = rows.length > 0 && rows.every((row) => chosen.has(row.index))
  const others = data.next !== null || search.after !== undefined
  const { data: matching } = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/instances-matching', {
      params: { path, query: filters },
    }),
    enabled: all && others,
    staleTime: 0,
    gcTime: 0,
  })
  const target = { dagId, runId, tasks: [...chosen].sort((a, b) => a - b).map((mapIndex) => ({ taskId, mapIndex })) }
  const close = () => setOpened(null)
  return (
    <section className="card" aria-label={t('instances.label', { name: task.task_display_name })}>
      <header className="flex min-h-11 flex-wrap items-center gap-2 border-line border-b px-3 py-1.5">
        <h2 className="flex-1">{t('instances.title')}</h2>
        {mayRun && (
          <div className={clsx('flex flex-wrap items-center gap-2', chosen.size === 0 && 'max-md:hidden')}>
            <span role="status" className="text-sm text-ink-2">
              {chosen.size > 0 && t('instances.chosen', { count: chosen.size })}
            </span>
            <Button small disabled={chosen.size === 0} onClick={() => setOpened('clear')}>
              {t('do.clear')}
            </Button>
            {MARKS.map((state) => (
              <Button key={state} small look="quiet" disabled={chosen.size === 0} onClick={() => setOpened(state)}>
                {t('do.mark_as', { state: word(state) })}
              </Button>
            ))}
          </div>
        )}
        <SearchBox
          label={t('instances.find')}
          value={search.name ?? ''}
          onChange={(name) => go({ name: name.trim() || undefined, after: undefined })}
        />
        <Choice
          hideLabel
          label={t('instances.state')}
          value={search.state ?? ''}
          options={[
            ['', t('instances.every_state')] as const,
            ...Object.entries(task.counts).map(
              ([state, count]) => [state, `${word(asState(state))} (${format.count(count)})`] as const,
            ),
          ]}
          onChange={(event) => go({ state: event.target.value || undefined, after: undefined })}
        />
        <Choice
          hideLabel
          label={t('instances.order')}
          value={search.order ?? 'urgency'}
          options={INSTANCE_ORDERS.map((order) => [order, t(`instances.by.${order}`)] as const)}
          onChange={(event) => go({ order: event.target.value as TaskSearch['order'], after: undefined })}
        />
      </header>
      {all && others && (
        <ChooseAll
          matching={matching?.map_index.length}
          more={matching?.more ?? false}
          all={matching?.map_index.every((index) => chosen.has(index)) ?? false}
          onAll={() => setChosen(new Set(matching?.map_index))}
        />
      )}
      {rows.length === 0 ? (
        <Empty title={search.name ? t('instances.nothing', { name: search.name }) : t('instances.none')} />
      ) : (
        <Table
          label={t('instances.title')}
          rows={rows}
          rowKey={(row) => String(row.index)}
          columns={[
            ...(mayRun
              ? [
                  {
                    key: 'choose',
                    head: (
                      <input
                        type="checkbox"
                        aria-label={t('instances.choose_all')}
                        checked={all}
                        className="size-4 accent-brand align-middle"
                        onChange={() => setChosen(all ? new Set() : new Set(rows.map((row) => row.index)))}
                      />
                    ),
                    className: 'w-8',
                    cell: (row: Row) => (
                      <input
                        type="checkbox"
                        aria-label={t('instances.choose', { index: row.index })}
                        checked={chosen.has(row.index)}
                        className="size-4 accent-brand align-middle"
                        onChange={() => turn(row.index)}
                      />
                    ),
                  },
                ]
              : []),
            {
              key: 'index',
              head: t('instances.index'),
              cell: (row) => (
                <Link to={HERE} params={{ dagId, runId, taskId }} search={{ map_index: row.index }}>
                  <span className="wrap-anywhere">
                    [{row.index}]{row.name ? ` ${row.name}` : ''}
                  </span>
                </Link>
              ),
            },
            { key: 'state', head: t('instances.state'), cell: (row) => <StateBadge state={row.state} /> },
            {
              key: 'tries',
              head: t('instances.tries'),
              cell: (row) => (row.start ? format.count(row.tries) : '–'),
              wideOnly: true,
            },
            { key: 'start', head: t('attempts.start'), cell: (row) => <Time at={row.start} />, wideOnly: true },
            { key: 'end', head: t('instances.end'), cell: (row) => <Time at={row.end} />, wideOnly: true },
            {
              key: 'took',
              head: t('attempts.took'),
              cell: (row) => <Duration start={row.start} end={row.end} />,
            },
            {
              key: 'note',
              head: t('instances.note'),
              cell: (row) => (row.note ? t('instances.has_note') : ''),
              wideOnly: true,
            },
          ]}
        />
      )}
      <CursorPager page={{ next_cursor: data.next }} at={search.after} onGo={(after) => go({ after })} />
      {opened === 'clear' && <ClearDialog target={target} onClose={close} />}
      {opened !== null && opened !== 'clear' && <MarkDialog target={target} state={opened} onClose={close} />}
    </section>
  )
}
