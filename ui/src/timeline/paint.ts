/** Draws the part of a timeline that is seen. */
import { CELL, clipped, type Theme } from '@/canvas/theme'
import type { Viewport } from '@/canvas/use-canvas'
import { type Bar, type Span, ticks } from './bars'

export const ROW = 26
export const HEAD = 30
const FONT = 'ui-sans-serif, system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans KR", sans-serif'
const ACTIVE = new Set(['running', 'restarting'])

export type Scene = {
  bars: readonly Bar[]
  labels: number
  /** Pixels from the start to the end of the span. */
  width: number
  span: Span
  now: number
  selected: number
  hovered: number
  duration: (seconds: number) => string
}

export function paintTimeline(ctx: CanvasRenderingContext2D, view: Viewport, theme: Theme, scene: Scene): void {
  const { bars, labels, span, width } = scene
  const x = (at: number) => labels + ((at - span.from) / (span.to - span.from)) * width - view.left
  ctx.fillStyle = theme.color.surface
  ctx.fillRect(0, 0, view.width, view.height)
  const top = Math.max(0, Math.floor(view.top / ROW))
  const bottom = Math.min(bars.length - 1, Math.ceil((view.top + view.height - HEAD) / ROW))
  clippedTo(ctx, 0, HEAD, view, () => {
    for (const [index, color] of [
      [scene.hovered, theme.color.hover],
      [scene.selected, theme.color['brand-soft']],
    ] as const) {
      ctx.fillStyle = color
      if (index >= 0) ctx.fillRect(0, HEAD + index * ROW - view.top, view.width, ROW)
    }
  })
  clippedTo(ctx, labels, 0, view, () => axis(ctx, view, theme, scene, x))
  clippedTo(ctx, labels, HEAD, view, () => {
    for (let index = top; index <= bottom; index += 1) {
      const bar = bars[index]
      if (bar !== undefined) draw(ctx, theme, scene, bar, HEAD + index * ROW - view.top, x)
    }
  })
  clippedTo(ctx, 0, HEAD, view, () => {
    for (let index = top; index <= bottom; index += 1) {
      const bar = bars[index]
      if (bar !== undefined) name(ctx, theme, scene, bar, index, HEAD + index * ROW - view.top)
    }
  })
  ctx.strokeStyle = theme.color.line
  ctx.lineWidth = 1
  stroke(ctx, 0, HEAD - 0.5, view.width, HEAD - 0.5)
  stroke(ctx, labels - 0.5, 0, labels - 0.5, view.height)
}

function clippedTo(ctx: CanvasRenderingContext2D, x: number, y: number, view: Viewport, draw: () => void): void {
  ctx.save()
  ctx.beginPath()
  ctx.rect(x, y, view.width - x, view.height - y)
  ctx.clip()
  draw()
  ctx.restore()
}

function stroke(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  ctx.beginPath()
  ctx.moveTo(x1, y1)
  ctx.lineTo(x2, y2)
  ctx.stroke()
}

function axis(
  ctx: CanvasRenderingContext2D,
  view: Viewport,
  theme: Theme,
  scene: Scene,
  x: (at: number) => number,
): void {
  const { span, labels, width, duration } = scene
  const seconds = (span.to - span.from) / 1000
  ctx.font = `11px ${FONT}`
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  ctx.lineWidth = 1
  ctx.strokeStyle = theme.color.line
  ctx.fillStyle = theme.color['ink-2']
  for (const tick of ticks(seconds, Math.max(2, width / 110))) {
    const at = Math.round(x(span.from + tick * 1000)) + 0.5
    if (at < labels - 80 || at > view.width) continue
    stroke(ctx, at, HEAD - 8, at, view.height)
    ctx.fillText(tick === 0 ? '0' : duration(tick), at + 4, HEAD / 2)
  }
}

function draw(
  ctx: CanvasRenderingContext2D,
  theme: Theme,
  scene: Scene,
  bar: Bar,
  y: number,
  x: (at: number) => number,
): void {
  if (bar.state === null) return
  const middle = y + ROW / 2
  const now = scene.now
  const begun = bar.queued ?? bar.start
  const waitsTo = begun ?? (bar.state === 'none' || bar.state === 'scheduled' ? now : null)
  if (bar.ready !== null && waitsTo !== null && waitsTo > bar.ready) {
    // ready, and nobody has taken it yet
    ctx.strokeStyle = theme.color['line-strong']
    ctx.lineWidth = 1.5
    ctx.setLineDash([2, 3])
    stroke(ctx, x(bar.ready), middle, x(waitsTo), middle)
    ctx.setLineDash([])
  }
  if (bar.queued !== null) {
    const until = bar.start ?? (bar.state === 'queued' ? now : bar.queued)
    const left = x(bar.queued)
    const wide = x(until) - left
    if (wide > 0.5) {
      ctx.strokeStyle = theme.state.queued
      ctx.lineWidth = 1
      ctx.strokeRect(left + 0.5, middle - 4.5, wide, 9)
      hatch(ctx, left, middle - 4.5, wide, 9)
    }
  }
  if (bar.start === null) return
  const end = bar.end ?? (ACTIVE.has(bar.state) ? now : bar.start)
  const left = x(bar.start)
  const wide = Math.max(3, x(end) - left)
  ctx.fillStyle = theme.state[bar.state]
  ctx.beginPath()
  ctx.roundRect(left, middle - 8, wide, 16, 3)
  ctx.fill()
  if (bar.critical !== null) {
    ctx.strokeStyle = theme.color.ink
    ctx.lineWidth = 2
    ctx.stroke()
  }
  const text = scene.duration((end - bar.start) / 1000)
  ctx.font = `11px ${FONT}`
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  const room = ctx.measureText(text).width
  let at = left + wide + 6
  if (wide > CELL + 4) ctx.drawImage(theme.cell(bar.state), left + 2, middle - CELL / 2, CELL, CELL)
  else {
    ctx.drawImage(theme.cell(bar.state), at, middle - CELL / 2, CELL, CELL)
    at += CELL + 4
  }
  if (wide > room + CELL + 16) {
    ctx.fillStyle = theme.color.surface
    ctx.fillText(text, left + CELL + 8, middle + 0.5)
  } else {
    ctx.fillStyle = theme.color['ink-2']
    ctx.fillText(text, at, middle + 0.5)
  }
}

/** Slanted lines: queued is told from running without colours. */
function hatch(ctx: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  ctx.save()
  ctx.beginPath()
  ctx.rect(x, y, width, height)
  ctx.clip()
  ctx.beginPath()
  // as many as are seen of it: a wait of days is as cheap as one of seconds
  const from = Math.max(x - height, -height)
  const to = Math.min(x + width, 8000)
  for (let at = from - (from % 5); at < to; at += 5) {
    ctx.moveTo(at, y + height)
    ctx.lineTo(at + height, y)
  }
  ctx.stroke()
  ctx.restore()
}

function name(ctx: CanvasRenderingContext2D, theme: Theme, scene: Scene, bar: Bar, index: number, y: number): void {
  const { labels, selected, hovered } = scene
  ctx.fillStyle =
    index === selected ? theme.color['brand-soft'] : index === hovered ? theme.color.hover : theme.color.surface
  ctx.fillRect(0, y, labels, ROW)
  ctx.font = `${bar.critical !== null ? '600 ' : ''}13px ${FONT}`
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  ctx.fillStyle = bar.state === null || bar.start === null ? theme.color['ink-3'] : theme.color.ink
  const tail = bar.mapped ? ` [${bar.instances}]` : ''
  const room = labels - 24 - (tail ? ctx.measureText(tail).width : 0)
  // of a task in groups its own name is what tells it from others
  const tooLong = bar.taskId.includes('.') && ctx.measureText(bar.taskId).width > room
  const text = clipped(ctx, tooLong ? `…${bar.taskId.slice(bar.taskId.lastIndexOf('.') + 1)}` : bar.taskId, room)
  if (bar.critical !== null) {
    ctx.fillRect(2, y + 5, 3, ROW - 10)
  }
  ctx.fillText(text, 10, y + ROW / 2)
  if (tail) {
    const after = 10 + ctx.measureText(text).width
    ctx.fillStyle = theme.color['ink-3']
    ctx.fillText(tail, after, y + ROW / 2)
  }
}
