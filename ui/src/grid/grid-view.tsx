// biome-ignore-all lint/a11y/noStaticElementInteractions: a drawing has no elements of its own; one cell of an ARIA grid stands over it
// biome-ignore-all lint/a11y/useSemanticElements: a drawing has no elements of its own; one cell of an ARIA grid stands over it
// biome-ignore-all lint/a11y/useFocusableInteractive: a drawing has no elements of its own; one cell of an ARIA grid stands over it
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: a drawing has no elements of its own; one cell of an ARIA grid stands over it
// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: a drawing has no elements of its own; one cell of an ARIA grid stands over it
/**
 * The grid: runs by tasks on a canvas, of which only what is seen is drawn.
 *
 * Over it lies one cell as an ARIA grid, the one with the focus: keyboards and screen readers go through it.  Used by
 * the grid of a DAG and the one of a run.
 */
import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '@/app/shortcuts'
import { useCanvas } from '@/canvas/use-canvas'
import { useStateWord } from '@/components/state'
import { useFormat } from '@/format/use-format'
import { COLUMN, HEAD, type Place, placeAt, ROW, scrollTo, step } from './geometry'
import { type GridModel, type GridRun, runSeconds } from './model'
import { paintGrid } from './paint'
import type { Row } from './rows'

export type Chosen = { runId?: string; taskId?: string }

type Props = {
  model: GridModel
  rows: readonly Row[]
  label: string
  chosen: Chosen
  onChoose: (chosen: Chosen) => void
  /** Enter, or a double click. */
  onOpen: (chosen: Chosen) => void
  onToggle: (group: string) => void
  /** The left edge was reached, and there are older runs. */
  onOlder: () => void
  className?: string
}

export function GridView({ model, rows, label, chosen, onChoose, onOpen, onToggle, onOlder, className }: Props) {
  const { t } = useTranslation('grid')
  const format = useFormat()
  const revision = useSyncExternalStore(model.watch, () => model.revision)
  const scroller = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [focus, setFocus] = useState<Place>({ row: 0, column: -1 })
  const grab = useRef(false)
  const [hovered, setHovered] = useState<(Place & { x: number; y: number }) | null>(null)
  const [narrow, setNarrow] = useState(false)
  const labels = narrow ? 132 : 240
  const columns = model.runs.length
  const columnOf = useMemo(() => {
    void revision
    return new Map(model.runs.map((run, index) => [run.runId, index]))
  }, [model, revision])
  const selected = useMemo(
    () => ({
      column: chosen.runId === undefined ? -1 : (columnOf.get(chosen.runId) ?? -1),
      row: chosen.taskId === undefined ? -1 : rows.findIndex((row) => row.kind === 'task' && row.id === chosen.taskId),
    }),
    [chosen.runId, chosen.taskId, columnOf, rows],
  )
  const { size } = useCanvas(scroller, canvas, (ctx, view, theme) =>
    paintGrid(ctx, view, theme, {
      model,
      rows,
      labels,
      selected,
      hovered,
      now: Date.now(),
      day: format.dayShort,
      longest: (seconds) => t('longest', { duration: format.duration(seconds) }),
    }),
  )
  useEffect(() => setNarrow(size.width > 0 && size.width < 640), [size.width])
  useKeptRight(scroller, model, columns, size.width)
  const older = useRef(onOlder)
  older.current = onOlder
  const look = useCallback(() => {
    const outer = scroller.current
    if (outer && model.next !== null && outer.scrollLeft < COLUMN * 10) older.current()
  }, [model])
  useEffect(() => {
    // when there are too few runs to scroll, older ones are loaded at once
    if (size.width > 0 && columns > 0) look()
  }, [look, size.width, columns])

  const reveal = (place: Place) => {
    const outer = scroller.current
    if (!outer) return
    const view = { left: outer.scrollLeft, top: outer.scrollTop, width: outer.clientWidth, height: outer.clientHeight }
    const to = scrollTo(place, view, labels)
    outer.scrollTo(to)
  }
  const what = (place: Place): Chosen => {
    const row = rows[place.row]
    return {
      runId: model.runs[place.column]?.runId,
      ...(row?.kind === 'task' ? { taskId: row.id } : {}),
    }
  }
  const point = (event: PointerEvent | React.MouseEvent): Place => {
    const outer = scroller.current as HTMLDivElement
    const box = outer.getBoundingClientRect()
    const found = placeAt(
      event.clientX - box.left,
      event.clientY - box.top,
      { left: outer.scrollLeft, top: outer.scrollTop },
      labels,
    )
    return { row: Math.min(found.row, rows.length), column: Math.min(found.column, columns) }
  }
  const exists = (place: Place) =>
    place.row < rows.length && place.column < columns && (place.row >= 0 || place.column >= 0)
  useShortcuts([
    { keys: '← ↑ ↓ →', label: t('key.move'), act: () => undefined, own: true },
    { keys: 'Space', label: t('key.choose'), act: () => undefined, own: true },
    { keys: 'Enter', label: t('key.open'), act: () => undefined, own: true },
  ])
  const click = (event: React.MouseEvent) => {
    const place = point(event)
    if (!exists(place)) return
    grab.current = true
    setFocus(place)
    const row = rows[place.row]
    if (row?.kind === 'group') onToggle(row.id)
    else onChoose(what(place))
  }
  const keys = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return
    const page = Math.max(1, Math.floor((size.height - HEAD) / ROW) - 1)
    const to = step(event.key, focus, { rows: rows.length, columns }, page, event.ctrlKey)
    const row = rows[focus.row]
    if (to !== null) {
      setFocus(to)
      reveal(to)
      if (to.column <= 10) look()
    } else if (event.key === ' ') {
      if (row?.kind === 'group') onToggle(row.id)
      else onChoose(what(focus))
    } else if (event.key === 'Enter') {
      if (row?.kind === 'group') onToggle(row.id)
      else onOpen(what(focus))
    } else if (event.key === 'Escape' && (chosen.runId || chosen.taskId)) {
      onChoose({})
    } else return
    event.preventDefault()
  }
  const shownFocus = { row: Math.min(focus.row, rows.length - 1), column: Math.min(focus.column, columns - 1) }
  return (
    <div className={className} style={{ height: HEAD + rows.length * ROW + 24 }}>
      <div
        ref={scroller}
        className="relative h-full overflow-auto rounded-lg border border-line bg-surface"
        onScroll={look}
        onClick={click}
        onDoubleClick={(event) => {
          const place = point(event)
          if (exists(place) && rows[place.row]?.kind !== 'group') onOpen(what(place))
        }}
        onPointerMove={(event) => {
          const place = point(event)
          const box = event.currentTarget.getBoundingClientRect()
          if (!exists(place)) setHovered(null)
          else if (hovered?.row !== place.row || hovered.column !== place.column)
            setHovered({ ...place, x: event.clientX - box.left, y: event.clientY - box.top })
        }}
        onPointerLeave={() => setHovered(null)}
        onKeyDown={keys}
      >
        <div style={{ width: labels + columns * COLUMN + 8, height: HEAD + rows.length * ROW + 4 }}>
          <canvas ref={canvas} className="sticky top-0 left-0 block cursor-pointer" aria-hidden="true" />
        </div>
        <Focused
          label={label}
          model={model}
          rows={rows}
          place={shownFocus}
          labels={labels}
          grab={grab}
          selected={selected.row === shownFocus.row && selected.column === shownFocus.column}
        />
      </div>
      {hovered && exists(hovered) && (
        <Tip model={model} row={rows[hovered.row]} run={model.runs[hovered.column]} at={hovered} />
      )}
    </div>
  )
}

/** The newest runs are seen first; what is seen stays in place when older ones are put before it. */
function useKeptRight(
  scroller: React.RefObject<HTMLElement | null>,
  model: GridModel,
  columns: number,
  width: number,
): void {
  const before = useRef<{ model: GridModel; newest: number; count: number } | null>(null)
  useEffect(() => {
    const outer = scroller.current
    const newest = model.runs.at(-1)?.pk ?? -1
    const old = before.current
    if (outer) {
      if (old === null || old.model !== model || width === 0) outer.scrollLeft = outer.scrollWidth
      else if (old.newest === newest) outer.scrollLeft += (columns - old.count) * COLUMN
      else if (outer.scrollLeft + outer.clientWidth > outer.scrollWidth - COLUMN * 4)
        outer.scrollLeft = outer.scrollWidth
    }
    if (width > 0) before.current = { model, newest, count: columns }
  }, [scroller, model, columns, width])
}

function useCellWords(model: GridModel) {
  const { t } = useTranslation('grid')
  const format = useFormat()
  const word = useStateWord()
  const runName = (run: GridRun) => format.dateTime(run.date)
  const runWords = (run: GridRun) => {
    const seconds = runSeconds(run, Date.now())
    return [runName(run), word(model.runState(run)), seconds === null ? '' : format.duration(seconds)]
      .filter(Boolean)
      .join(', ')
  }
  const cellWord = (row: Row, run: GridRun) => {
    const byte = row.kind === 'task' ? model.cell(run, row.task) : model.groupCell(run, row.group)
    const state = model.stateOf(byte)
    return state === null ? t('absent') : word(state)
  }
  const rowWords = (row: Row) =>
    row.kind === 'group'
      ? t(row.collapsed ? 'group_shut' : 'group_open', { name: row.label, count: row.tasks })
      : [row.id, row.mapped ? t('mapped') : '', row.removed ? t('removed') : ''].filter(Boolean).join(', ')
  return { runName, runWords, cellWord, rowWords }
}

function Tip({ model, row, run, at }: { model: GridModel; row?: Row; run?: GridRun; at: { x: number; y: number } }) {
  const { runWords, cellWord, rowWords } = useCellWords(model)
  return (
    <div
      role="presentation"
      style={{ position: 'fixed', left: 0, top: 0, visibility: 'hidden' }}
      ref={(box) => {
        const outer = box?.parentElement?.getBoundingClientRect()
        if (!box || !outer) return
        const x = Math.min(outer.left + at.x + 14, window.innerWidth - box.offsetWidth - 8)
        const y = Math.min(outer.top + at.y + 18, window.innerHeight - box.offsetHeight - 8)
        box.style.transform = `translate(${Math.max(8, x)}px, ${y}px)`
        box.style.visibility = 'visible'
      }}
      className="pointer-events-none z-20 max-w-80 rounded-md border border-line bg-raised px-2.5 py-1.5 text-sm shadow-xl"
    >
      {row && <p className="font-semibold break-all">{rowWords(row)}</p>}
      {row && run && <p>{cellWord(row, run)}</p>}
      {run && <p className="text-ink-2">{runWords(run)}</p>}
    </div>
  )
}

type FocusedProps = {
  label: string
  model: GridModel
  rows: readonly Row[]
  place: Place
  labels: number
  selected: boolean
  /** It is to take the focus: the pointer chose it. */
  grab: React.RefObject<boolean>
}

/** The one cell that is part of the page's structure: it has the focus, and is where it is in the whole grid. */
function Focused({ label, model, rows, place, labels, selected, grab }: FocusedProps) {
  const { t } = useTranslation('grid')
  const { runWords, cellWord, rowWords, runName } = useCellWords(model)
  const grid = useRef<HTMLDivElement>(null)
  const cell = useRef<HTMLDivElement>(null)
  const row = rows[place.row]
  const run = model.runs[place.column]
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is another element, which takes the focus over
  useEffect(() => {
    if ((grab.current || grid.current?.dataset.focused === 'true') && document.activeElement !== cell.current)
      cell.current?.focus({ preventScroll: true })
    grab.current = false
  }, [place.row, place.column])
  const text = [
    row ? rowWords(row) : '',
    row && run ? cellWord(row, run) : '',
    run ? (row ? runName(run) : runWords(run)) : '',
  ]
    .filter(Boolean)
    .join(', ')
  return (
    <div
      ref={grid}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={model.runs.length + 1}
      aria-describedby="grid-keys"
      onFocus={(event) => {
        event.currentTarget.dataset.focused = 'true'
      }}
      onBlur={(event) => {
        // the element that had the focus goes when the place changes: that is no leaving
        if (event.relatedTarget !== null) event.currentTarget.dataset.focused = 'false'
      }}
      className="pointer-events-none absolute top-0 left-0"
      style={{ width: labels + model.runs.length * COLUMN, height: HEAD + rows.length * ROW }}
    >
      <span id="grid-keys" className="visually-hidden">
        {t('keys')}
      </span>
      <div
        role="row"
        aria-rowindex={place.row + 2}
        style={place.row < 0 ? { position: 'sticky', top: DAYS_TOP } : { paddingTop: HEAD + place.row * ROW }}
      >
        <div
          key={`${place.row} ${place.column}`}
          ref={cell}
          role={place.row < 0 ? 'columnheader' : place.column < 0 ? 'rowheader' : 'gridcell'}
          tabIndex={0}
          aria-colindex={place.column + 2}
          aria-selected={place.row < 0 || place.column < 0 ? undefined : selected}
          aria-expanded={row?.kind === 'group' ? !row.collapsed : undefined}
          className="relative z-10 rounded-sm"
          style={{
            ...(place.column < 0
              ? { position: 'sticky', left: 0, width: labels - 2 }
              : { marginLeft: labels + place.column * COLUMN, width: COLUMN }),
            height: place.row < 0 ? HEAD - DAYS_TOP : ROW,
          }}
        >
          <span className="visually-hidden">{text || t('empty_cell')}</span>
        </div>
      </div>
    </div>
  )
}

const DAYS_TOP = 16
