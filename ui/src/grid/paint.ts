/** Draws the part of the grid that is seen.  Called at most once a frame; the cost grows with what is seen only. */
import { CELL, clipped, type Theme } from '@/canvas/theme'
import type { Viewport } from '@/canvas/use-canvas'
import { COLUMN, HEAD, type Place, ROW } from './geometry'
import { type GridModel, type GridRun, runSeconds } from './model'
import type { Row } from './rows'

export type Scene = {
  model: GridModel
  rows: readonly Row[]
  labels: number
  selected: { row: number; column: number }
  hovered: Place | null
  /** Milliseconds since 1970. */
  now: number
  /** `22 Nov` */
  day: (at: number) => string
  longest: (seconds: number) => string
}

const BARS = 44
const DAYS = 16
const FONT = 'ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans KR", sans-serif'

export function paintGrid(ctx: CanvasRenderingContext2D, view: Viewport, theme: Theme, scene: Scene): void {
  const { model, rows, labels } = scene
  const first = Math.max(0, Math.floor(view.left / COLUMN))
  const last = Math.min(model.runs.length - 1, Math.ceil((view.left + view.width - labels) / COLUMN))
  const top = Math.max(0, Math.floor(view.top / ROW))
  const bottom = Math.min(rows.length - 1, Math.ceil((view.top + view.height - HEAD) / ROW))
  ctx.fillStyle = theme.color.surface
  ctx.fillRect(0, 0, view.width, view.height)
  ctx.save()
  ctx.beginPath()
  ctx.rect(0, HEAD, view.width, view.height - HEAD)
  ctx.clip()
  bands(ctx, view, theme, scene, top, bottom)
  for (let index = top; index <= bottom; index += 1) {
    const row = rows[index]
    if (row === undefined) continue
    const y = HEAD + index * ROW - view.top
    cells(ctx, view, theme, scene, row, y, first, last)
    label(ctx, theme, scene, row, index, y)
  }
  ctx.restore()
  head(ctx, view, theme, scene, first, last)
  ctx.strokeStyle = theme.color.line
  ctx.lineWidth = 1
  line(ctx, 0, HEAD - 0.5, view.width, HEAD - 0.5)
  line(ctx, labels - 0.5, 0, labels - 0.5, view.height)
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath()
  ctx.moveTo(x1, y1)
  ctx.lineTo(x2, y2)
  ctx.stroke()
}

/** What is selected or under the pointer, as a row and a column. */
function bands(ctx: CanvasRenderingContext2D, view: Viewport, theme: Theme, scene: Scene, top: number, bottom: number) {
  const { labels, selected, hovered } = scene
  for (const [place, color] of [
    [hovered, theme.color.hover],
    [selected, theme.color['brand-soft']],
  ] as const) {
    if (place === null) continue
    ctx.fillStyle = color
    if (place.column >= 0) {
      const x = labels + place.column * COLUMN - view.left
      if (x + COLUMN > labels) ctx.fillRect(Math.max(labels, x), HEAD, x + COLUMN - Math.max(labels, x), view.height)
    }
    if (place.row >= top && place.row <= bottom) ctx.fillRect(0, HEAD + place.row * ROW - view.top, view.width, ROW)
  }
}

function cells(
  ctx: CanvasRenderingContext2D,
  view: Viewport,
  theme: Theme,
  { model, labels }: Scene,
  row: Row,
  y: number,
  first: number,
  last: number,
): void {
  const pad = (COLUMN - CELL) / 2
  for (let column = first; column <= last; column += 1) {
    const run = model.runs[column] as GridRun
    const byte = row.kind === 'task' ? model.cell(run, row.task) : model.groupCell(run, row.group)
    const state = model.stateOf(byte)
    if (state === null) continue
    const picture = theme.cell(state, row.kind === 'group' || row.mapped)
    ctx.drawImage(picture, labels + column * COLUMN - view.left + pad, y + (ROW - CELL) / 2, CELL, CELL)
  }
}

function label(
  ctx: CanvasRenderingContext2D,
  theme: Theme,
  { labels, selected, hovered }: Scene,
  row: Row,
  index: number,
  y: number,
): void {
  const on = index === selected.row
  ctx.fillStyle = on ? theme.color['brand-soft'] : index === hovered?.row ? theme.color.hover : theme.color.surface
  ctx.fillRect(0, y, labels, ROW)
  let x = 10 + row.depth * 12
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  if (row.kind === 'group') {
    ctx.fillStyle = theme.color['ink-2']
    ctx.beginPath()
    const middle = y + ROW / 2
    if (row.collapsed) {
      ctx.moveTo(x + 1, middle - 4)
      ctx.lineTo(x + 7, middle)
      ctx.lineTo(x + 1, middle + 4)
    } else {
      ctx.moveTo(x, middle - 3)
      ctx.lineTo(x + 8, middle - 3)
      ctx.lineTo(x + 4, middle + 4)
    }
    ctx.fill()
    x += 13
  }
  const removed = row.kind === 'task' && row.removed
  ctx.font = `${row.kind === 'group' ? '600 ' : ''}13px ${FONT}`
  ctx.fillStyle = removed ? theme.color['ink-3'] : theme.color.ink
  const tail = row.kind === 'group' ? ` (${row.tasks})` : row.mapped ? ' [ ]' : ''
  const room = labels - x - 8 - (tail === '' ? 0 : ctx.measureText(tail).width)
  const text = clipped(ctx, row.label, room)
  ctx.fillText(text, x, y + ROW / 2)
  const width = ctx.measureText(text).width
  if (tail !== '') {
    ctx.fillStyle = theme.color['ink-3']
    ctx.fillText(tail, x + width, y + ROW / 2)
  }
  if (removed) {
    ctx.strokeStyle = theme.color['ink-3']
    line(ctx, x, y + ROW / 2, x + width, y + ROW / 2)
  }
}

/** Durations as bars over the columns, the day where it changes, the state under the bar. */
function head(ctx: CanvasRenderingContext2D, view: Viewport, theme: Theme, scene: Scene, first: number, last: number) {
  const { model, labels, now, selected, hovered } = scene
  ctx.save()
  ctx.beginPath()
  ctx.rect(labels, 0, view.width - labels, HEAD)
  ctx.clip()
  ctx.fillStyle = theme.color.surface
  ctx.fillRect(labels, 0, view.width, HEAD)
  let longest = 0
  for (const run of model.runs) longest = Math.max(longest, runSeconds(run, now) ?? 0)
  ctx.font = `11px ${FONT}`
  ctx.textBaseline = 'top'
  ctx.textAlign = 'left'
  let free = Number.NEGATIVE_INFINITY
  for (let column = first; column <= last; column += 1) {
    const run = model.runs[column] as GridRun
    const x = labels + column * COLUMN - view.left
    if (column === selected.column || column === hovered?.column) {
      ctx.fillStyle = column === selected.column ? theme.color['brand-soft'] : theme.color.hover
      ctx.fillRect(x, DAYS, COLUMN, HEAD)
    }
    const state = model.runState(run)
    const seconds = runSeconds(run, now)
    const height = seconds === null ? 3 : Math.max(3, Math.sqrt(seconds / (longest || 1)) * BARS)
    const y = DAYS + BARS - height
    if (state === 'running' || state === 'queued') {
      ctx.strokeStyle = theme.state[state]
      ctx.lineWidth = 1.5
      ctx.strokeRect(x + 5, y + 0.75, COLUMN - 10, height - 0.75)
    } else {
      ctx.fillStyle = theme.state[state]
      ctx.beginPath()
      ctx.roundRect(x + 4, y, COLUMN - 8, height, [2, 2, 0, 0])
      ctx.fill()
    }
    ctx.drawImage(theme.cell(state), x + 2, DAYS + BARS + 5, CELL, CELL)
    const day = scene.day(run.date)
    const before = model.runs[column - 1]
    if ((before === undefined || scene.day(before.date) !== day) && x >= free) {
      ctx.fillStyle = theme.color['ink-2']
      ctx.fillText(day, x + 3, 2)
      free = x + ctx.measureText(day).width + 10
      ctx.strokeStyle = theme.color.line
      ctx.lineWidth = 1
      line(ctx, x + 0.5, 0, x + 0.5, DAYS)
    }
  }
  ctx.restore()
  ctx.fillStyle = theme.color.surface
  ctx.fillRect(0, 0, labels, HEAD)
  ctx.fillStyle = theme.color['ink-3']
  ctx.font = `11px ${FONT}`
  ctx.textAlign = 'right'
  ctx.textBaseline = 'top'
  if (longest > 0) ctx.fillText(clipped(ctx, scene.longest(longest), labels - 16), labels - 8, DAYS)
}
