// biome-ignore-all lint/a11y/noStaticElementInteractions: a drawing has no elements of its own; one option of a list box stands over it
// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: the canvas cannot have the focus
// biome-ignore-all lint/a11y/useFocusableInteractive: its one option has the focus
/** When the tasks of a run waited, were queued and ran: bars on a canvas, with one row over them as a list box. */
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCanvas } from '@/canvas/use-canvas'
import { useStateWord } from '@/components/state'
import { useFormat } from '@/format/use-format'
import { step } from '@/grid/geometry'
import type { Bar, Span } from './bars'
import { HEAD, paintTimeline, ROW } from './paint'

type Props = {
  bars: readonly Bar[]
  span: Span
  now: number
  zoom: number
  chosen?: string
  onChoose: (taskId: string | undefined) => void
  onOpen: (taskId: string) => void
}

export function TimelineView({ bars, span, now, zoom, chosen, onChoose, onOpen }: Props) {
  const { t } = useTranslation('timeline')
  const format = useFormat()
  const word = useStateWord()
  const scroller = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const option = useRef<HTMLDivElement>(null)
  const [focus, setFocus] = useState(0)
  const [hovered, setHovered] = useState(-1)
  const [view, setView] = useState(0)
  const labels = view > 0 && view < 640 ? 120 : 240
  const room = Math.max(100, view - labels - 76)
  const width = room * zoom
  const selected = chosen === undefined ? -1 : bars.findIndex((bar) => bar.taskId === chosen)
  const { size } = useCanvas(scroller, canvas, (ctx, seen, theme) =>
    paintTimeline(ctx, seen, theme, { bars, labels, width, span, now, selected, hovered, duration: format.duration }),
  )
  useEffect(() => setView(size.width), [size.width])
  const rowAt = (event: React.MouseEvent) => {
    const outer = scroller.current as HTMLDivElement
    const y = event.clientY - outer.getBoundingClientRect().top
    const row = Math.floor((y - HEAD + outer.scrollTop) / ROW)
    return y >= HEAD && row < bars.length ? row : -1
  }
  const reveal = (row: number) => {
    const outer = scroller.current
    if (!outer) return
    const top = row * ROW
    const height = outer.clientHeight - HEAD - 16
    if (top < outer.scrollTop) outer.scrollTop = top
    else if (top + ROW > outer.scrollTop + height) outer.scrollTop = top + ROW - height
  }
  const at = Math.max(0, Math.min(focus, bars.length - 1))
  const bar = bars[at]
  // a task that was selected in another view is seen here
  const shown = useRef<string>(undefined)
  useEffect(() => {
    if (selected < 0 || view === 0 || shown.current === chosen) return
    shown.current = chosen
    setFocus(selected)
    reveal(selected)
  })
  const keys = (event: React.KeyboardEvent) => {
    if (event.altKey || event.metaKey) return
    const page = Math.max(1, Math.floor((size.height - HEAD) / ROW) - 1)
    const to = step(event.key, { row: at, column: 0 }, { rows: bars.length, columns: 1 }, page, true)
    if (to !== null && to.row >= 0 && event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') {
      setFocus(to.row)
      reveal(to.row)
    } else if (event.key === ' ' && bar) onChoose(bar.taskId)
    else if (event.key === 'Enter' && bar) onOpen(bar.taskId)
    else if (event.key === 'Escape' && chosen !== undefined) onChoose(undefined)
    else return
    event.preventDefault()
  }
  const describe = (one: Bar) =>
    [
      one.taskId,
      one.state === null ? t('absent') : word(one.state),
      one.queued !== null && one.start !== null && one.start - one.queued >= 1
        ? t('queued_for', { duration: format.duration((one.start - one.queued) / 1000) })
        : '',
      one.start === null ? '' : t('ran_for', { duration: format.duration(((one.end ?? now) - one.start) / 1000) }),
      one.tries > 1 ? t('tries', { count: one.tries }) : '',
      one.critical === null ? '' : t('critical'),
    ]
      .filter(Boolean)
      .join(', ')
  const tip = bars[hovered]
  return (
    <div>
      <div
        ref={scroller}
        className="relative max-h-[max(20rem,calc(100vh-19rem))] overflow-auto rounded-lg border border-line bg-surface"
        style={{ height: HEAD + bars.length * ROW + 18 }}
        onClick={(event) => {
          const row = rowAt(event)
          if (row < 0) return
          setFocus(row)
          option.current?.focus({ preventScroll: true })
          onChoose(bars[row]?.taskId)
        }}
        onDoubleClick={(event) => {
          const task = bars[rowAt(event)]
          if (task) onOpen(task.taskId)
        }}
        onPointerMove={(event) => setHovered(rowAt(event))}
        onPointerLeave={() => setHovered(-1)}
        onKeyDown={keys}
      >
        <div style={{ width: labels + width + 70, height: HEAD + bars.length * ROW + 2 }}>
          <canvas ref={canvas} className="sticky top-0 left-0 block cursor-pointer" aria-hidden="true" />
        </div>
        {bar && (
          <div
            role="listbox"
            aria-label={t('label')}
            className="pointer-events-none absolute top-0 left-0"
            style={{ width: labels + width, height: HEAD + bars.length * ROW, paddingTop: HEAD + at * ROW }}
          >
            <div
              ref={option}
              role="option"
              tabIndex={0}
              aria-selected={bar.taskId === chosen}
              aria-posinset={at + 1}
              aria-setsize={bars.length}
              className="sticky left-0 rounded-sm"
              style={{ width: labels - 2, height: ROW }}
            >
              <span className="visually-hidden" aria-live="polite">
                {describe(bar)}
              </span>
            </div>
          </div>
        )}
      </div>
      <p aria-hidden="true" className="mt-1 min-h-5 truncate text-sm text-ink-2">
        {tip ? describe(tip) : ''}
      </p>
    </div>
  )
}
