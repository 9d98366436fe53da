/** Where a picture is looked at, what of it is seen, and how its wires run.  Pure; used by `board`. */

export type Box = { x: number; y: number; width: number; height: number }
/** A point p of the picture stands at `p * zoom + (x, y)` of the board. */
export type View = { x: number; y: number; zoom: number }
export type Size = { width: number; height: number }

export const FURTHEST = 0.03
export const NEAREST = 2
/** Texts can be read from here on. */
export const READABLE = 0.78
/** Room around a picture that fills its board. */
const MARGIN = 24
const LARGEST = 1.1

const limited = (zoom: number) => Math.min(NEAREST, Math.max(FURTHEST, zoom))

/** The box around boxes. */
export function around(boxes: readonly Box[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const box of boxes) {
    left = Math.min(left, box.x)
    top = Math.min(top, box.y)
    right = Math.max(right, box.x + box.width)
    bottom = Math.max(bottom, box.y + box.height)
  }
  return right < left
    ? { x: 0, y: 0, width: 1, height: 1 }
    : { x: left, y: top, width: right - left, height: bottom - top }
}

/** Nearer or further, the point of the board at (x, y) stays where it is. */
export function zoomed(view: View, factor: number, x: number, y: number): View {
  const zoom = limited(view.zoom * factor)
  const by = zoom / view.zoom
  return { zoom, x: x - (x - view.x) * by, y: y - (y - view.y) * by }
}

/** All of a box in the middle of the board, not larger than it can be read. */
export function fitted(box: Box, size: Size, padding: number, least = FURTHEST): View {
  const room = 1 + 2 * padding
  const zoom = Math.max(
    least,
    limited(Math.min(size.width / (box.width * room), size.height / (box.height * room), LARGEST)),
  )
  return {
    zoom,
    x: size.width / 2 - (box.x + box.width / 2) * zoom,
    y: size.height / 2 - (box.y + box.height / 2) * zoom,
  }
}

/** All of it when it can be read so; else around `start`, or the beginning, in a size that can be read. */
export function atFirst(all: Box, size: Size, across: boolean, start?: Box): View {
  const whole = fitted(all, size, 0.04)
  if (whole.zoom >= READABLE) return whole
  const middle = { x: start && start.x + start.width / 2, y: start && start.y + start.height / 2 }
  return {
    zoom: READABLE,
    x: shifted(all.x, all.width, size.width, middle.x ?? (across ? all.x : all.x + all.width / 2)),
    y: shifted(all.y, all.height, size.height, middle.y ?? (across ? all.y + all.height / 2 : all.y)),
  }
}

/** Where one axis begins, so that `spot` is as near to its middle as can be without room left over at an end. */
function shifted(from: number, length: number, room: number, spot: number): number {
  const [first, last] = [MARGIN - from * READABLE, room - MARGIN - (from + length) * READABLE]
  if (last >= first) return (first + last) / 2
  return Math.min(first, Math.max(last, room / 2 - spot * READABLE))
}

/** The part of the picture that is seen, with `margin` boards around it. */
export function seen(view: View, size: Size, margin: number): Box {
  const [more, higher] = [size.width * margin, size.height * margin]
  return {
    x: (-view.x - more) / view.zoom,
    y: (-view.y - higher) / view.zoom,
    width: (size.width + 2 * more) / view.zoom,
    height: (size.height + 2 * higher) / view.zoom,
  }
}

export function meets(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
}

export function within(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}

/** The curve of a wire: its start, two points that draw it, its end. */
export type Curve = [number, number, number, number, number, number, number, number]

export function curve(from: Box, to: Box, across: boolean): Curve {
  const bow = (distance: number) => (distance >= 0 ? distance / 2 : 6 * Math.sqrt(-distance))
  if (across) {
    const [x1, y1, x2, y2] = [from.x + from.width, from.y + from.height / 2, to.x, to.y + to.height / 2]
    const by = bow(x2 - x1)
    return [x1, y1, x1 + by, y1, x2 - by, y2, x2, y2]
  }
  const [x1, y1, x2, y2] = [from.x + from.width / 2, from.y + from.height, to.x + to.width / 2, to.y]
  const by = bow(y2 - y1)
  return [x1, y1, x1, y1 + by, x2, y2 - by, x2, y2]
}

/** The box that a curve does not leave. */
export function curveBox([x1, y1, x2, y2, x3, y3, x4, y4]: Curve): Box {
  const left = Math.min(x1, x2, x3, x4)
  const top = Math.min(y1, y2, y3, y4)
  return { x: left, y: top, width: Math.max(x1, x2, x3, x4) - left, height: Math.max(y1, y2, y3, y4) - top }
}

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] } as const
export type Way = keyof typeof WAYS

export function isWay(key: string): key is Way {
  return Object.hasOwn(WAYS, key)
}

/** The box that one comes to from another one with an arrow key: near, and rather ahead than aside. */
export function next<Of extends Box>(from: Box, boxes: readonly Of[], way: Way): Of | undefined {
  const [across, down] = WAYS[way]
  let best: Of | undefined
  let least = Infinity
  for (const box of boxes) {
    const dx = box.x + box.width / 2 - from.x - from.width / 2
    const dy = box.y + box.height / 2 - from.y - from.height / 2
    const ahead = dx * across + dy * down
    if (ahead <= 1) continue
    const aside = Math.abs(dx * down + dy * across)
    const far = ahead + 3 * aside
    if (far < least) {
      least = far
      best = box
    }
  }
  return best
}
