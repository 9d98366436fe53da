/** Draws what stands behind the cards of a board: its wires, and the cards themselves where they are too many or too small. */
import type { Theme } from '@/canvas/theme'
import { type Box, curve, meets, type Size, seen, type View } from './geometry'
import { type Path, pathBox, Router, type Wall, wordPlace } from './route'
import type { Card, Wire } from './types'

export type Scene = {
  cards: readonly Card[]
  wires: readonly Wire[]
  byId: ReadonlyMap<string, Card>
  across: boolean
  tone: (id: string) => string
}

export type Drawn = { wire: Wire; path: Path; box: Box }

/** With more wires than this nobody follows a single one, and finding its way would take long. */
const ROUTED = 3000
/** Room that the name of an open card takes, pixels a letter and in all. */
const LETTER = 8
const NAME = 32

/** Wires whose ends are there, with the way they run. */
export function drawn({ cards, wires, byId, across }: Scene): Drawn[] {
  const router = wires.length <= ROUTED ? new Router(walls(cards), across) : null
  return wires.flatMap((wire) => {
    const [from, to] = [byId.get(wire.source), byId.get(wire.target)]
    if (from === undefined || to === undefined) return []
    const path = router?.path(wire.source, from, wire.target, to) ?? [curve(from, to, across)]
    return [{ wire, path, box: pathBox(path) }]
  })
}

/** Cards, and the names of those that others stand on. */
function walls(cards: readonly Card[]): Wall[] {
  return cards.map(({ id, name, open, x, y, width, height }) =>
    open
      ? { of: id, x, y, width: Math.min(width, name.length * LETTER + 2 * NAME), height: NAME }
      : { of: id, x, y, width, height },
  )
}

const HEAD = 8
const SMALL = 0.25
const FONT = 'ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans KR", sans-serif'

export function paintBoard(
  ctx: CanvasRenderingContext2D,
  size: Size,
  view: View,
  theme: Theme,
  wires: readonly Drawn[],
  scene: Scene,
  far: boolean,
): void {
  const part = seen(view, size, 0.02)
  ctx.clearRect(0, 0, size.width, size.height)
  dots(ctx, size, view, theme)
  ctx.save()
  ctx.translate(view.x, view.y)
  ctx.scale(view.zoom, view.zoom)
  if (far) {
    for (const card of scene.cards) if (card.open && meets(card, part)) sheet(ctx, theme, card)
  }
  for (const { wire, path, box } of wires) if (meets(box, part)) strand(ctx, theme, wire, path, view.zoom, scene.across)
  if (far) {
    for (const card of scene.cards) {
      if (card.open || !meets(card, part)) continue
      ctx.fillStyle = scene.tone(card.id)
      ctx.fillRect(card.x, card.y, card.width, card.height)
    }
  } else {
    for (const { wire, path, box } of wires) {
      if (wire.label !== undefined && meets(box, part)) label(ctx, theme, wire.label, path)
    }
  }
  ctx.restore()
}

function dots(ctx: CanvasRenderingContext2D, { width, height }: Size, view: View, theme: Theme): void {
  let gap = 24 * view.zoom
  while (gap < 16) gap *= 2
  ctx.fillStyle = theme.color.line
  for (let x = view.x % gap; x < width; x += gap) {
    for (let y = view.y % gap; y < height; y += gap) ctx.fillRect(x, y, 1, 1)
  }
}

function sheet(ctx: CanvasRenderingContext2D, theme: Theme, { x, y, width, height }: Box): void {
  ctx.fillStyle = theme.color.sunken
  ctx.fillRect(x, y, width, height)
  ctx.strokeStyle = theme.color.line
  ctx.lineWidth = 2
  ctx.strokeRect(x, y, width, height)
}

function strand(
  ctx: CanvasRenderingContext2D,
  theme: Theme,
  wire: Wire,
  path: Path,
  zoom: number,
  across: boolean,
): void {
  const [first, last] = [path[0], path.at(-1)]
  if (first === undefined || last === undefined) return
  const [x4, y4] = [last[6], last[7]]
  ctx.strokeStyle = ctx.fillStyle = theme.color[wire.hot ? 'ink' : 'line-strong']
  ctx.lineWidth = Math.max(wire.width, 0.6 / zoom)
  ctx.beginPath()
  ctx.moveTo(first[0], first[1])
  if (zoom < SMALL) {
    ctx.lineTo(x4, y4)
    ctx.stroke()
    return
  }
  const [ex, ey] = across ? [x4 - HEAD, y4] : [x4, y4 - HEAD]
  ctx.setLineDash(wire.dash ?? [])
  for (const one of path) {
    const [x, y] = one === last ? [ex, ey] : [one[6], one[7]]
    ctx.bezierCurveTo(one[2], one[3], one[4], one[5], x, y)
  }
  ctx.stroke()
  ctx.setLineDash([])
  ctx.beginPath()
  ctx.moveTo(x4, y4)
  if (across) {
    ctx.lineTo(x4 - HEAD, y4 - HEAD / 2)
    ctx.lineTo(x4 - HEAD, y4 + HEAD / 2)
  } else {
    ctx.lineTo(x4 - HEAD / 2, y4 - HEAD)
    ctx.lineTo(x4 + HEAD / 2, y4 - HEAD)
  }
  ctx.fill()
}

function label(ctx: CanvasRenderingContext2D, theme: Theme, text: string, path: Path) {
  const [x, y] = wordPlace(path)
  ctx.font = `12px ${FONT}`
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  const width = ctx.measureText(text).width + 6
  ctx.fillStyle = theme.color.ground
  ctx.fillRect(x - width / 2, y - 9, width, 18)
  ctx.fillStyle = theme.color['ink-2']
  ctx.fillText(text, x, y)
}
