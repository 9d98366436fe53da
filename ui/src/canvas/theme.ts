/** Colours of the tokens for drawing on canvas, and small pictures of states.  Made anew when theme or scale change. */
import { SHAPES, STATES, type State } from '@/components/state'

const TOKENS = [
  'ground',
  'surface',
  'sunken',
  'hover',
  'line',
  'line-strong',
  'ink',
  'ink-2',
  'ink-3',
  'brand',
  'brand-soft',
  'focus',
  'danger',
] as const
type Token = (typeof TOKENS)[number]

export const CELL = 16

export type Theme = {
  scale: number
  color: Record<Token, string>
  state: Record<State, string>
  /** Pictures of `CELL` by `CELL`; stacked: of a task with several instances. */
  cell: (state: State, stacked?: boolean) => HTMLCanvasElement
}

export function readTheme(scale: number): Theme {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const color = Object.fromEntries(TOKENS.map((name) => [name, read(name)])) as Record<Token, string>
  const state = Object.fromEntries(STATES.map((name) => [name, read(`state-${name}`)])) as Record<State, string>
  const made = new Map<string, HTMLCanvasElement>()
  const theme: Theme = {
    scale,
    color,
    state,
    cell: (name, stacked = false) => {
      const key = `${name} ${stacked}`
      let picture = made.get(key)
      if (picture === undefined) {
        picture = drawCell(theme, name, stacked)
        made.set(key, picture)
      }
      return picture
    },
  }
  return theme
}

const HOLLOW = new Set<State>(['none', 'removed', 'scheduled', 'queued'])

function drawCell({ scale, color, state }: Theme, name: State, stacked: boolean): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.ceil(CELL * scale)
  const ctx = canvas.getContext('2d')
  if (ctx === null) return canvas
  ctx.scale(scale, scale)
  const size = stacked ? CELL - 3 : CELL - 1
  ctx.strokeStyle = state[name]
  ctx.lineWidth = 1
  if (stacked) {
    // a second sheet behind the first
    ctx.beginPath()
    ctx.moveTo(4, CELL - 0.75)
    ctx.lineTo(CELL - 0.75, CELL - 0.75)
    ctx.lineTo(CELL - 0.75, 4)
    ctx.stroke()
  }
  ctx.beginPath()
  ctx.roundRect(0.5, 0.5, size - 0.5, size - 0.5, 3)
  if (HOLLOW.has(name)) {
    ctx.stroke()
  } else {
    ctx.fillStyle = state[name]
    ctx.fill()
  }
  const shape = SHAPES[name]
  ctx.translate((size - 10) / 2, (size - 10) / 2)
  ctx.scale(10 / 12, 10 / 12)
  const ink = HOLLOW.has(name) ? state[name] : color.surface
  const path = new Path2D(shape.path)
  ctx.lineWidth = 2
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  ctx.strokeStyle = ink
  ctx.fillStyle = ink
  if (shape.filled) ctx.fill(path)
  ctx.stroke(path)
  return canvas
}

/** A text cut to a width, with a mark that it was. */
export function clipped(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (ctx.measureText(`${text.slice(0, middle)}…`).width <= width) low = middle
    else high = middle - 1
  }
  return `${text.slice(0, low)}…`
}
