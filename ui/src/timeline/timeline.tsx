/** The timeline of a run with what goes around it: order, zoom, the critical path in words.  Live. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Minus, Plus } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCounted } from '@/app/announce'
import { Button, IconButton } from '@/components/button'
import { Empty } from '@/components/empty'
import { Choice } from '@/components/field'
import { SearchBox } from '@/components/search-box'
import { useNow } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { type LiveEvent, runTopic } from '@/live/topics'
import { AT_MOST_EVERY, useChanges } from '@/live/use-live'
import { arranged, type Timeline as Data, patched, spanOf, toBars } from './bars'
import { MOST, ORDERS, type TimelineFilter, timelineQuery } from './query'
import { TimelineView } from './timeline-view'

const WIDEST = 64

type Props = {
  dagId: string
  runId: string
  filter: TimelineFilter
  onFilter: (change: TimelineFilter) => void
  chosen?: string
  onChoose: (taskId: string | undefined) => void
  onOpen: (taskId: string) => void
  /** More to choose from, before the other filters. */
  extra?: React.ReactNode
  children?: (mapped: (taskId: string) => boolean) => React.ReactNode
}

export function Timeline({ dagId, runId, filter, onFilter, chosen, onChoose, onOpen, extra, children }: Props) {
  const { t } = useTranslation('timeline')
  const format = useFormat()
  const data = useTimeline(dagId, runId)
  const [zoom, setZoom] = useState(1)
  const open = data.run_state === 'running' || data.run_state === 'queued'
  const ticking = useNow(open ? 1000 : 3_600_000)
  const now = open ? Math.max(ticking, data.now) : data.now
  const bars = useMemo(() => toBars(data), [data])
  const shown = useMemo(() => arranged(bars, filter.order ?? 'start', filter.q), [bars, filter.order, filter.q])
  useCounted(filter.q, shown.length)
  const span = spanOf(data, bars, now)
  const path = data.critical_path
  const waited = path.reduce((sum, task) => sum + task.waited_seconds, 0)
  return (
    <div className="flex gap-4">
      <div className="min-w-0 flex-1">
        <search className="filters" aria-label={t('filters')}>
          {extra}
          <SearchBox label={t('find')} value={filter.q ?? ''} onChange={(q) => onFilter({ q: q || undefined })} />
          <Choice
            label={t('order.label')}
            value={filter.order ?? 'start'}
            onChange={(event) => onFilter({ order: event.target.value === 'grid' ? 'grid' : undefined })}
            options={ORDERS.map((order) => [order, t(`order.${order}`)] as const)}
          />
          <div className="flex items-center gap-1">
            <IconButton label={t('zoom_out')} disabled={zoom <= 1} onClick={() => setZoom(Math.max(1, zoom / 2))}>
              <Minus size={16} aria-hidden="true" />
            </IconButton>
            <Button disabled={zoom === 1} onClick={() => setZoom(1)}>
              {t('fit')}
            </Button>
            <IconButton
              label={t('zoom_in')}
              disabled={zoom >= WIDEST}
              onClick={() => setZoom(Math.min(WIDEST, zoom * 2))}
            >
              <Plus size={16} aria-hidden="true" />
            </IconButton>
          </div>
        </search>
        {shown.length === 0 ? (
          <div className="card">
            <Empty title={bars.length === 0 ? t('empty') : t('no_task')} />
          </div>
        ) : (
          <TimelineView
            key={runId}
            bars={shown}
            span={span}
            now={now}
            zoom={zoom}
            chosen={chosen}
            onChoose={onChoose}
            onOpen={onOpen}
          />
        )}
        <ul aria-label={t('legend.label')} className="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-2">
          <li className="flex items-center gap-1.5">
            <svg width="22" height="10" aria-hidden="true">
              <path d="M0 5h22" stroke="var(--line-strong)" strokeWidth="1.5" strokeDasharray="2 3" />
            </svg>
            {t('legend.waiting')}
          </li>
          <li className="flex items-center gap-1.5">
            <svg width="22" height="10" aria-hidden="true">
              <path d="M.5 .5h21v9h-21zM3 9l8-8M9 9l8-8M15 9l6-6" fill="none" stroke="var(--state-queued)" />
            </svg>
            {t('legend.queued')}
          </li>
          <li className="flex items-center gap-1.5">
            <svg width="22" height="10" aria-hidden="true">
              <rect width="22" height="10" rx="2" fill="var(--state-success)" />
            </svg>
            {t('legend.ran')}
          </li>
          {path.length > 0 && (
            <li className="flex items-center gap-1.5">
              <svg width="22" height="12" aria-hidden="true">
                <rect
                  x="1"
                  y="1"
                  width="20"
                  height="10"
                  rx="2"
                  fill="var(--state-success)"
                  stroke="var(--ink)"
                  strokeWidth="2"
                />
              </svg>
              {t('legend.critical')}
            </li>
          )}
        </ul>
        {path.length > 0 && (
          <section aria-label={t('path.title')} className="card mt-4 px-4 py-3">
            <h2>{t('path.title')}</h2>
            <p className="mt-0.5 text-ink-2">
              {t('path.what', {
                worked: format.duration(path.reduce((sum, task) => sum + task.worked_seconds, 0)),
                waited: format.duration(waited),
              })}
            </p>
            <ol className="mt-2 flex flex-wrap items-center gap-x-1.5 gap-y-1">
              {path.slice(0, 60).map((task, index) => (
                <li key={task.task_id} className="flex items-center gap-1.5">
                  {index > 0 && (
                    <span aria-hidden="true" className="text-ink-3">
                      →
                    </span>
                  )}
                  <button
                    type="button"
                    onClick={() => onChoose(task.task_id)}
                    className="rounded-md border border-line px-2 py-0.5 text-sm hover:bg-hover"
                  >
                    <code>{task.task_id}</code> {format.duration(task.worked_seconds)}
                  </button>
                </li>
              ))}
            </ol>
          </section>
        )}
        {data.next !== null && <p className="mt-2 text-sm text-ink-2">{t('more', { count: MOST })}</p>}
      </div>
      {children?.((taskId) => bars.find((bar) => bar.taskId === taskId)?.mapped ?? false)}
    </div>
  )
}

/** The data, changed by the stream where it says enough, asked for again where it does not. */
function useTimeline(dagId: string, runId: string): Data {
  const client = useQueryClient()
  const query = timelineQuery(dagId, runId)
  const { data } = useSuspenseQuery(query)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const key = JSON.stringify(query.queryKey)
  useEffect(() => () => clearTimeout(timer.current), [])
  const act = useCallback(
    (event: LiveEvent | 'reset') => {
      const queryKey = JSON.parse(key) as unknown[]
      const before = client.getQueryData<Data>(queryKey)
      const after = before && patched(before, event)
      if (after) client.setQueryData(queryKey, after)
      else
        timer.current ??= setTimeout(() => {
          timer.current = undefined
          void client.invalidateQueries({ queryKey })
        }, AT_MOST_EVERY)
    },
    [client, key],
  )
  useChanges([runTopic(dagId, runId)], act)
  useEffect(
    () => () => void client.invalidateQueries({ queryKey: JSON.parse(key), refetchType: 'none' }),
    [client, key],
  )
  return data
}
