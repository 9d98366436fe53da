// biome-ignore-all lint/a11y/useSemanticElements: a group of buttons in a picture is no part of a form
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: the role of a card is in its data
// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: a canvas that is drawn on is nothing that has the focus
/**
 * A large picture of cards and wires that is moved and zoomed.  Used by the graph of a DAG and the lineage of assets.
 *
 * Cards are elements of the page, but only those in sight; wires are drawn.  When more cards are in sight than can be
 * read, they are drawn as well.  Moving changes one transform and draws once a frame, whatever the picture holds.
 */
import { Maximize, Minus, Plus } from 'lucide-react'
import {
  createContext,
  type KeyboardEvent,
  memo,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { readTheme, type Theme } from '@/canvas/theme'
import { around, atFirst, type Box, fitted, isWay, meets, type Size, seen, type View, within, zoomed } from './geometry'
import { along, endsOf, stopsOf } from './keys'
import { BoardMap } from './map'
import { drawn, paintBoard, type Scene } from './paint'
import type { Card, Wire } from './types'
import { useDrag } from './use-drag'

/** More cards than this are drawn instead: nobody reads so many at once. */
const MOST = 350
const MAPPED_FROM = 13

type Props = {
  cards: readonly Card[]
  wires: readonly Wire[]
  /** What is in a card.  It is drawn anew when this function is another one. */
  render: (id: string) => ReactNode
  /** The colour of a card where it is small. */
  tone: (id: string, theme: Theme) => string
  /** Wires go to the right; else downwards. */
  across: boolean
  label: string
  mapLabel: string
  /** Changes when the picture should be seen anew. */
  fitKey: string
  /** Where a picture begins that is too large to be read as a whole. */
  start?: string
  /** These come into sight when they change. */
  reveal?: ReadonlySet<string> | null
  /** A card was chosen by pointer or key; undefined: the ground. */
  onChoose: (id: string | undefined) => void
  onDouble?: (id: string) => void
}

export function Board(props: Props) {
  const { cards, wires, render, tone, across, label, mapLabel, fitKey, start, reveal, onChoose, onDouble } = props
  const { t } = useTranslation('graph')
  const area = useRef<HTMLDivElement>(null)
  const world = useRef<HTMLDivElement>(null)
  const floor = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useRef<Theme | null>(null)
  const view = useRef<View>({ x: 0, y: 0, zoom: 1 })
  const size = useRef<Size>({ width: 0, height: 0 })
  const frame = useRef(0)
  const byId = useMemo(() => new Map(cards.map((card) => [card.id, card])), [cards])
  const all = useMemo(() => around(cards), [cards])
  const scene = useMemo<Scene>(
    () => ({ cards, wires, byId, across, tone: (id) => (theme.current ? tone(id, theme.current) : '') }),
    [cards, wires, byId, across, tone],
  )
  const ends = useMemo(() => endsOf(wires, byId), [wires, byId])
  // one card is reached with Tab, the others from it with the arrow keys
  const stops = useMemo(() => stopsOf(cards), [cards])
  const [at, setAt] = useState<string | undefined>(start)
  const strands = useMemo(() => drawn(scene), [scene])
  /** The part whose cards are elements now; null: none is, they are drawn. */
  const [part, setPart] = useState<Box | null>(null)
  const mapped = useRef<((part: Box) => void) | null>(null)

  const draw = useCallback(() => {
    frame.current = 0
    const ctx = canvas.current?.getContext('2d')
    if (!ctx || !canvas.current) return
    const scale = window.devicePixelRatio || 1
    if (theme.current?.scale !== scale) theme.current = readTheme(scale)
    const { width, height } = size.current
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)]
    if (canvas.current.width !== w || canvas.current.height !== h) {
      canvas.current.width = w
      canvas.current.height = h
    }
    ctx.setTransform(scale, 0, 0, scale, 0, 0)
    const { x, y, zoom } = view.current
    for (const layer of [world.current, floor.current]) {
      if (layer) layer.style.transform = `translate(${x}px, ${y}px) scale(${zoom})`
    }
    paintBoard(ctx, size.current, view.current, theme.current, strands, scene, part === null)
    mapped.current?.(seen(view.current, size.current, 0))
  }, [strands, scene, part])
  const latest = useRef(draw)
  latest.current = draw
  const redraw = useCallback(() => {
    if (frame.current === 0) frame.current = requestAnimationFrame(() => latest.current())
  }, [])

  /** Which cards are elements: those in sight and around it, anew only when what is seen leaves that. */
  const settle = useCallback(() => {
    const now = seen(view.current, size.current, 0)
    const room = seen(view.current, size.current, 0.4)
    setPart((before) => {
      let count = 0
      for (const card of cards) if (meets(card, now)) count += 1
      if (count > MOST) return null
      const fits = before !== null && within(now, before) && before.width < 4 * now.width
      return fits ? before : room
    })
  }, [cards])
  const go = useCallback(
    (to: View) => {
      view.current = to
      settle()
      redraw()
    },
    [settle, redraw],
  )

  useEffect(() => {
    const outer = area.current
    if (outer === null) return
    const resized = () => {
      size.current = { width: outer.clientWidth, height: outer.clientHeight }
      settle()
      redraw()
    }
    const observer = new ResizeObserver(resized)
    observer.observe(outer)
    const themed = new MutationObserver(() => {
      theme.current = null
      redraw()
    })
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const box = outer.getBoundingClientRect()
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1
      const by = 2 ** (-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002))
      const aside = (event.target as Element).closest('[data-aside]') !== null
      const [x, y] = aside ? [box.width / 2, box.height / 2] : [event.clientX - box.left, event.clientY - box.top]
      go(zoomed(view.current, by, x, y))
    }
    outer.addEventListener('wheel', wheel, { passive: false })
    return () => {
      observer.disconnect()
      themed.disconnect()
      outer.removeEventListener('wheel', wheel)
    }
  }, [settle, redraw, go])
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when
  useLayoutEffect(() => {
    const outer = area.current
    if (outer === null) return
    size.current = { width: outer.clientWidth, height: outer.clientHeight }
    go(atFirst(all, size.current, across, start === undefined ? undefined : byId.get(start)))
  }, [fitKey])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the picture is made of changed with this rendering
  useEffect(redraw, [draw])
  useEffect(() => {
    const boxes = [...(reveal ?? [])].slice(0, 50).flatMap((id) => byId.get(id) ?? [])
    if (boxes.length > 0) go(fitted(around(boxes), size.current, 0.4))
  }, [reveal, byId, go])

  const drag = useDrag(area, view, go)
  const under = (event: React.MouseEvent): string | undefined => {
    const card = (event.target as HTMLElement).closest<HTMLElement>('[data-id]')
    if (card !== null) return card.dataset.id
    if (part !== null || area.current === null) return undefined
    const box = area.current.getBoundingClientRect()
    const x = (event.clientX - box.left - view.current.x) / view.current.zoom
    const y = (event.clientY - box.top - view.current.y) / view.current.zoom
    return cards.findLast((one) => meets(one, { x, y, width: 0, height: 0 }))?.id
  }
  const focusOn = (id: string) => {
    setAt(id)
    // the card may become an element only now; a group has a button that opens and shuts it
    requestAnimationFrame(() => {
      const card = area.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)
      const button = card?.querySelector<HTMLElement>('button')
      ;(button ?? card)?.focus({ preventScroll: true })
    })
  }
  // a group that is opened or shut is another element, on another layer: it keeps the focus
  const held = useRef<string | undefined>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: elements come and go with these
  useLayoutEffect(() => {
    if (held.current !== undefined && document.activeElement === document.body && byId.has(held.current))
      focusOn(held.current)
  }, [cards, part])
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const element = event.target as HTMLElement
    const card = element.closest<HTMLElement>('[data-id]')
    const id = card?.dataset.id
    const from = stops.find((one) => one.id === id)
    if (id === undefined || from === undefined) return
    if (event.key === 'Enter' || event.key === ' ') {
      if (element !== card) return
      onChoose(id)
    } else if (isWay(event.key) || event.key === 'Home' || event.key === 'End') {
      const to =
        event.key === 'Home'
          ? stops[0]
          : event.key === 'End'
            ? stops.at(-1)
            : along(from, stops, ends, event.key, across)
      if (to !== undefined) {
        const { width, height } = size.current
        const room = { x: to.x - 40, y: to.y - 40, width: to.width + 80, height: to.height + 80 }
        if (!within(room, seen(view.current, size.current, 0))) {
          const { zoom } = view.current
          go({
            zoom,
            x: width / 2 - (to.x + to.width / 2) * zoom,
            y: height / 2 - (to.y + to.height / 2) * zoom,
          })
        }
        focusOn(to.id)
      }
    } else return
    event.preventDefault()
  }
  const shown = part === null ? [] : cards.filter((card) => meets(card, part))
  // where the one that was reached is out of sight, Tab comes to the first that is in it
  const sighted = shown.filter((card) => card.stop && meets(card, seen(view.current, size.current, 0)))
  const stop = shown.some((card) => card.id === at) ? at : (sighted[0] ?? shown.find((card) => card.stop))?.id
  const told = (card: Card) => {
    const { from, to } = ends.get(card.id) ?? { from: [], to: [] }
    const names = (others: readonly Card[]) => others.map((other) => other.name).join(', ')
    return [
      card.inside && t('inside', { group: card.inside }),
      from.length > 0 && t('comes_from', { from: names(from) }),
      to.length > 0 && t('leads_to', { to: names(to) }),
      t('node_keys'),
    ]
      .filter(Boolean)
      .join(' ')
  }
  const middle = (factor: number) => () =>
    go(zoomed(view.current, factor, size.current.width / 2, size.current.height / 2))
  const button = 'inline-flex size-7 items-center justify-center bg-surface text-ink-2 hover:bg-hover'
  return (
    <div
      ref={area}
      role="application"
      aria-label={label}
      data-board=""
      className="relative h-full touch-none select-none overflow-hidden outline-none"
      {...drag.on}
      onClick={(event) => {
        if (!drag.moved()) onChoose(under(event))
      }}
      onDoubleClick={(event) => {
        const id = under(event)
        if (id !== undefined) onDouble?.(id)
        else {
          const box = event.currentTarget.getBoundingClientRect()
          go(zoomed(view.current, 2, event.clientX - box.left, event.clientY - box.top))
        }
      }}
      onKeyDown={keys}
      onFocus={(event) => {
        held.current = event.target.closest<HTMLElement>('[data-id]')?.dataset.id
        setAt(held.current ?? at)
      }}
      onBlur={(event) => {
        const left = event.target
        if (event.relatedTarget !== null) held.current = undefined
        // what is still there was left by the person
        else
          requestAnimationFrame(() => {
            if (left.isConnected) held.current = undefined
          })
      }}
    >
      <StopContext value={stop}>
        <div ref={floor} className="absolute top-0 left-0 origin-top-left">
          {shown.map((card) => card.open && <Element key={card.id} card={card} told={told(card)} render={render} />)}
        </div>
        <canvas ref={canvas} aria-hidden="true" className="pointer-events-none absolute inset-0 size-full" />
        <div ref={world} className="absolute top-0 left-0 origin-top-left">
          {shown.map((card) => !card.open && <Element key={card.id} card={card} told={told(card)} render={render} />)}
        </div>
      </StopContext>
      {/* what is done here is not meant for the picture below */}
      <div
        role="group"
        data-aside=""
        aria-label={t('controls.label')}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.stopPropagation()}
        className="absolute bottom-3 left-3 z-10 flex overflow-hidden rounded-md border border-line"
      >
        <button type="button" className={button} aria-label={t('controls.in')} onClick={middle(1.4)}>
          <Plus size={14} aria-hidden="true" />
        </button>
        <button type="button" className={button} aria-label={t('controls.out')} onClick={middle(1 / 1.4)}>
          <Minus size={14} aria-hidden="true" />
        </button>
        <button
          type="button"
          className={button}
          aria-label={t('controls.fit')}
          onClick={() => go(fitted(all, size.current, 0.04))}
        >
          <Maximize size={13} aria-hidden="true" />
        </button>
      </div>
      {cards.length >= MAPPED_FROM && (
        <BoardMap
          cards={cards}
          all={all}
          tone={scene.tone}
          draw={mapped}
          label={mapLabel}
          onGo={(x, y) => {
            const { zoom } = view.current
            go({ zoom, x: size.current.width / 2 - x * zoom, y: size.current.height / 2 - y * zoom })
          }}
        />
      )}
      {part === null && <p className="visually-hidden">{t('too_far')}</p>}
    </div>
  )
}

const StopContext = createContext<string | undefined>(undefined)

/** Whether Tab comes to this card; what is in it asks when it has a button of its own. */
export function useStop(id: string): boolean {
  return useContext(StopContext) === id
}

type ElementProps = { card: Card; told: string; render: (id: string) => ReactNode }

/** One card as an element; it stays as it is while the board is moved. */
const Element = memo(function Element({ card, told, render }: ElementProps) {
  const stop = useStop(card.id)
  return (
    <div
      role={card.role}
      aria-roledescription={card.kind}
      aria-description={told}
      tabIndex={card.stop && !card.button ? (stop ? 0 : -1) : undefined}
      data-id={card.id}
      className="board-card absolute top-0 left-0 rounded-md"
      style={{ transform: `translate(${card.x}px, ${card.y}px)`, width: card.width, height: card.height }}
    >
      {render(card.id)}
    </div>
  )
})
