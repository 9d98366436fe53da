/**
 * The time line: a row for each DAG, a bar for each run.  Rows are virtual; bars are links in an ARIA grid with one tab
 * stop, between which the arrow keys move.
 */
import { Link } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '@/app/preferences'
import { StateIcon, stateColor, useStateWord } from '@/components/state'
import { useNow } from '@/components/time'
import { zoneName } from '@/format/time'
import { useFormat } from '@/format/use-format'
import { type Entry, type Row, tally, worst } from './entries'
import type { Zoom } from './filter'
import { arrange, type Bar, place, ticks } from './scale'
import { type Span, zoomFor } from './window'

const LANE = 16
const PAD = 6
const NAMES = 200
const NARROW = 108
/** Rows that Page Up and Page Down go. */
const PAGE = 10

type Props = { rows: Row[]; span: Span; zoom: Zoom }
type Laid = { row: Row; bars: Bar<Entry>[]; height: number }

export function Timeline({ rows, span, zoom }: Props) {
  const { t } = useTranslation('schedule')
  const format = useFormat()
  const { zone } = usePreferences()
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const names = width < 640 ? NARROW : NAMES
  const room = Math.max(width - names - 16, 100)
  const laid = useMemo(() => rows.map((row) => lay(row, span, room)), [rows, span, room])
  const virtual = useVirtualizer({
    count: laid.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => laid[index]?.height ?? 28,
    overscan: 8,
    initialRect: { width: 1000, height: 600 },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights change with the bars
  useEffect(() => virtual.measure(), [laid, virtual])
  const [at, setAt] = useState({ row: 0, bar: 0 })
  const [shown, setShown] = useState<string | null>(null)
  const here = clamp(at, laid)
  const focus = (row: number, bar: number) => {
    const next = clamp({ row, bar }, laid)
    setAt(next)
    virtual.scrollToIndex(next.row)
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-bar="${next.row} ${next.bar}"]`)?.focus(),
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target as HTMLElement).dataset.bar) return
    const last = (laid[here.row]?.bars.length ?? 1) - 1
    const to: Record<string, [number, number]> = {
      ArrowLeft: [here.row, here.bar - 1],
      ArrowRight: [here.row, here.bar + 1],
      ArrowUp: [here.row - 1, beside(laid, here, here.row - 1)],
      ArrowDown: [here.row + 1, beside(laid, here, here.row + 1)],
      Home: [here.row, -1],
      End: [here.row, last],
      PageUp: [here.row - PAGE, beside(laid, here, here.row - PAGE)],
      PageDown: [here.row + PAGE, beside(laid, here, here.row + PAGE)],
    }
    const next = to[event.key]
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    focus(...next)
  }
  const marks = ticks(span, zoom, zoneName(zone))
  return (
    <div className="card overflow-hidden">
      <div className="flex border-line border-b text-sm text-ink-2" aria-hidden="true">
        <span className="shrink-0 px-3 py-1.5" style={{ width: names }}>
          {t('dag')}
        </span>
        <span className="relative h-8" style={{ width: room }}>
          {marks.map((mark, index) => {
            const x = place(mark, span) * room
            // a label that does not fit beside the one before it is left out
            const space = room / Math.max(marks.length, 1)
            const rare = Math.max(1, Math.ceil((zoom === '7d' ? 52 : 44) / space))
            return (
              <span
                key={mark}
                className="absolute top-1.5 -translate-x-1/2 whitespace-nowrap"
                style={{ left: Math.min(Math.max(x, 18), room - 18) }}
              >
                {index % rare === 0 ? (zoom === '7d' ? format.weekday(mark) : format.minute(mark)) : ''}
              </span>
            )
          })}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: the rows are virtual and the bars lie where their time is */}
      <div
        ref={scroller}
        role="grid"
        aria-label={t('timeline')}
        aria-rowcount={laid.length}
        aria-describedby="schedule-keys"
        tabIndex={-1}
        onKeyDown={onKeyDown}
        className="relative max-h-[65vh] overflow-x-hidden overflow-y-auto outline-none"
      >
        <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
          <Lines span={span} marks={marks} left={names} room={room} />
          {virtual.getVirtualItems().map(({ index, start, size }) => {
            const one = laid[index]
            if (one === undefined) return null
            return (
              // biome-ignore lint/a11y/useFocusableInteractive: the bars in it take the focus
              // biome-ignore lint/a11y/useSemanticElements: see the grid
              <div
                key={one.row.dagId}
                role="row"
                aria-rowindex={index + 1}
                className="absolute inset-x-0 flex border-line border-b hover:bg-hover/50"
                style={{ top: start, height: size }}
              >
                {/* biome-ignore lint/a11y/useSemanticElements: see the grid */}
                {/* biome-ignore lint/a11y/useFocusableInteractive: the link in it takes the focus */}
                <div role="rowheader" className="flex shrink-0 items-center px-3" style={{ width: names }}>
                  <Link
                    to="/dags/$dagId"
                    params={{ dagId: one.row.dagId }}
                    title={one.row.dagId}
                    tabIndex={here.row === index && here.bar === -1 ? 0 : -1}
                    data-bar={`${index} -1`}
                    onFocus={() => setAt({ row: index, bar: -1 })}
                    className="min-w-0 truncate leading-6"
                  >
                    {one.row.dagId}
                  </Link>
                </div>
                <div role="presentation" className="relative" style={{ width: room }}>
                  {one.bars.map((bar, number) => (
                    <BarLink
                      key={`${bar.start} ${bar.lane}`}
                      bar={bar}
                      dagId={one.row.dagId}
                      place={`${index} ${number}`}
                      active={here.row === index && here.bar === number}
                      onShow={(text) => {
                        setShown(text)
                        setAt({ row: index, bar: number })
                      }}
                    />
                  ))}
                </div>
              </div>
            )
          })}
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 border-line border-t px-3 py-1.5 text-sm text-ink-2">
        <span className="min-w-0 flex-1 basis-72 break-words" data-testid="shown">
          {shown ?? t('hover')}
        </span>
        <span id="schedule-keys">{t('keys')}</span>
      </div>
    </div>
  )
}

function lay(row: Row, span: Span, room: number): Laid {
  // what comes is not counted with what was
  const bars = arrange(row.items, span, room, (one, other) => (one.run === null) === (other.run === null))
  const lanes = Math.max(1, ...bars.map((bar) => bar.lane + 1))
  return { row, bars, height: lanes * LANE + 2 * PAD }
}

function clamp(at: { row: number; bar: number }, laid: Laid[]): { row: number; bar: number } {
  const row = Math.max(0, Math.min(at.row, laid.length - 1))
  const bars = laid[row]?.bars.length ?? 0
  return { row, bar: Math.max(-1, Math.min(at.bar, bars - 1)) }
}

/** The bar of another row that is nearest in time; beside a name (-1) stands a name. */
function beside(laid: Laid[], here: { row: number; bar: number }, to: number): number {
  if (here.bar === -1) return -1
  const row = clamp({ row: to, bar: 0 }, laid).row
  const x = laid[here.row]?.bars[here.bar]?.x ?? 0
  const bars = laid[row]?.bars ?? []
  return bars.reduce((best, bar, index) => (Math.abs(bar.x - x) < Math.abs((bars[best]?.x ?? 0) - x) ? index : best), 0)
}

/** Ticks through all rows, and the line of now. */
function Lines({ span, marks, left, room }: { span: Span; marks: number[]; left: number; room: number }) {
  const now = useNow(10_000)
  const inside = now >= span.from && now <= span.to
  return (
    <div role="presentation" aria-hidden="true" className="pointer-events-none absolute inset-0 z-10">
      {marks.map((mark) => (
        <span
          key={mark}
          className="absolute inset-y-0 w-px bg-line"
          style={{ left: left + place(mark, span) * room, opacity: 0.7 }}
        />
      ))}
      {inside && (
        <span
          data-testid="now"
          className="absolute inset-y-0 w-0.5 bg-danger"
          style={{ left: left + place(now, span) * room }}
        />
      )}
    </div>
  )
}

type BarProps = { bar: Bar<Entry>; dagId: string; place: string; active: boolean; onShow: (text: string) => void }

function BarLink({ bar, dagId, place: where, active, onShow }: BarProps) {
  const label = useLabel()(dagId, bar)
  const [entry] = bar.members
  const state = worst(bar.members)
  const planned = state === 'none'
  const open = planned || state === 'running' || state === 'queued'
  const shared = {
    'aria-label': label,
    title: label,
    tabIndex: active ? 0 : -1,
    'data-bar': where,
    onFocus: () => onShow(label),
    onMouseEnter: () => onShow(label),
    className: clsx(
      'flex size-full items-center justify-center overflow-hidden rounded-xs border hover:no-underline',
      planned && 'border-dashed',
    ),
    style: {
      borderColor: planned ? 'var(--ink-3)' : stateColor(state),
      background: open ? 'var(--surface)' : stateColor(state),
      color: 'var(--surface)',
    },
  }
  const mark =
    bar.members.length > 1 && bar.width >= 18 ? (
      <span
        className="text-[10px] leading-none font-semibold"
        style={{ color: open ? 'var(--ink)' : 'var(--surface)' }}
      >
        {bar.members.length}
      </span>
    ) : planned ? null : (
      <span className={clsx('contents', !open && '[&_svg]:text-[var(--surface)]!')}>
        <StateIcon state={state} size={9} />
      </span>
    )
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the grid
    // biome-ignore lint/a11y/useFocusableInteractive: the link in it takes the focus
    <div
      role="gridcell"
      className="absolute"
      style={{ left: bar.x, width: bar.width, top: PAD + bar.lane * LANE, height: LANE - 3 }}
    >
      {bar.members.length > 1 ? (
        <Link to="/schedule" search={(before: Record<string, unknown>) => ({ ...before, ...closer(bar) })} {...shared}>
          {mark}
        </Link>
      ) : entry?.run ? (
        <Link to="/dags/$dagId/runs/$runId" params={{ dagId, runId: entry.run.run_id }} {...shared}>
          {mark}
        </Link>
      ) : (
        <Link to="/dags/$dagId" params={{ dagId }} {...shared}>
          {mark}
        </Link>
      )}
    </div>
  )
}

/** The window that shows the members of a bar one by one. */
function closer(bar: Bar<Entry>): { zoom: Zoom; at: string } {
  const zoom = zoomFor((bar.end - bar.start) * 1.2)
  const length = { '1h': 1, '6h': 6, '24h': 24, '7d': 168 }[zoom] * 3_600_000
  return { zoom, at: new Date((bar.start + bar.end) / 2 - length / 2).toISOString() }
}

/** What a bar is, in words. */
function useLabel() {
  const { t } = useTranslation('schedule')
  const word = useStateWord()
  const format = useFormat()
  return (dag: string, bar: Bar<Entry>): string => {
    const [entry] = bar.members
    if (bar.members.length > 1) {
      const what = tally(bar.members)
        .map(([state, count]) => t('count_of', { count, state: state === 'none' ? t('state_planned') : word(state) }))
        .join(', ')
      return t('several', {
        dag,
        what,
        total: format.count(bar.members.length),
        from: format.dateTime(bar.start),
        to: format.dateTime(bar.end),
      })
    }
    if (!entry?.run) return t('plan', { dag, when: format.dateTime(bar.start) })
    const told = { dag, state: word(entry.state), when: format.dateTime(entry.start) }
    return entry.run.start_date
      ? t('run', { ...told, took: format.duration((entry.end - entry.start) / 1000) })
      : t('run_short', told)
  }
}

function useWidth(of: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(1000)
  useEffect(() => {
    const element = of.current
    if (element === null) return
    const measure = () => setWidth(element.clientWidth)
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => watch.disconnect()
  }, [of])
  return width
}
