/**
 * How the wires of a board run: straight to their end, or around the cards that stand in their way.  Pure; used by
 * `paint`.
 *
 * All is thought to the right (`x` along, `y` aside); where wires go downwards, the axes change places before and after.
 */
import { type Box, type Curve, curve, curveBox } from './geometry'

/** Curves that follow each other; the first begins at a card, the last ends at one. */
export type Path = readonly Curve[]

/** What keeps wires away: a box, and the card that it is of. */
export type Wall = Box & { of: string }

/** So far a wire stays away from a card that it passes.  Two cards stand a little more than twice as far apart. */
const AWAY = 9
/** A wire that goes back leaves its card so far before it turns. */
const TURN = 36
const CELL = 160
const TRIES = 4

/** Finds the way of wires between walls. */
export class Router {
  private readonly cells = new Map<string, Wall[]>()
  private readonly walls: readonly Wall[]

  constructor(
    walls: readonly Wall[],
    private readonly across: boolean,
  ) {
    this.walls = across ? walls : walls.map(turnedBox)
    for (const wall of this.walls) {
      for (let column = cell(wall.x); column <= cell(wall.x + wall.width); column += 1) {
        for (let row = cell(wall.y); row <= cell(wall.y + wall.height); row += 1) {
          const key = `${column} ${row}`
          const list = this.cells.get(key)
          if (list) list.push(wall)
          else this.cells.set(key, [wall])
        }
      }
    }
  }

  /** The way from one card to another one; only walls of other cards are in its way. */
  path(source: string, from: Box, target: string, to: Box): Path {
    const [a, b] = this.across ? [from, to] : [turnedBox(from), turnedBox(to)]
    const own = new Set([source, target])
    const found = b.x >= a.x + a.width ? this.ahead(a, b, own) : this.back(a, b)
    return this.across ? found : found.map(turnedCurve)
  }

  private ahead(a: Box, b: Box, own: ReadonlySet<string>): Path {
    let path: Path = [curve(a, b, true)]
    const met = new Set<Wall>()
    for (let tries = 0; tries < TRIES; tries += 1) {
      const before = met.size
      for (const wall of this.touched(path, own)) met.add(wall)
      if (met.size === before) break
      path = this.around(a, b, own, met)
    }
    return path
  }

  /** The way through a free lane beside each bundle of walls that were met. */
  private around(a: Box, b: Box, own: ReadonlySet<string>, met: ReadonlySet<Wall>): Path {
    const [x1, y1, x2, y2] = [a.x + a.width, a.y + a.height / 2, b.x, b.y + b.height / 2]
    const bundles: [start: number, end: number][] = []
    for (const { x, width } of [...met].sort((one, two) => one.x - two.x)) {
      const [start, end] = [Math.max(x, x1), Math.min(x + width, x2)]
      const last = bundles.at(-1)
      if (last && start <= last[1] + 2 * AWAY) last[1] = Math.max(last[1], end)
      else bundles.push([start, end])
    }
    const path: Curve[] = []
    let [x, y] = [x1, y1]
    for (const [start, end] of bundles) {
      const straight = y + ((y2 - y) * ((start + end) / 2 - x)) / Math.max(1, x2 - x)
      const lane = this.lane(start, end, straight, own)
      path.push(bend(x, y, Math.max(x, start - AWAY), lane))
      x = Math.min(x2, end + AWAY)
      y = lane
      path.push(bend(Math.max(path.at(-1)?.[6] ?? x, start - AWAY), lane, x, lane))
    }
    path.push(bend(x, y, x2, y2))
    return path
  }

  /** A wire that goes back turns beside its two cards and all that stands between them. */
  private back(a: Box, b: Box): Path {
    const [x1, y1, x2, y2] = [a.x + a.width, a.y + a.height / 2, b.x, b.y + b.height / 2]
    const above = Math.min(a.y, b.y) - 2 * AWAY
    const lane = this.lane(x2 - TURN, x1 + TURN, above, new Set())
    return [
      [x1, y1, x1 + TURN, y1, x1 + TURN, lane, x1, lane],
      bend(x1, lane, x2, lane),
      [x2, lane, x2 - TURN, lane, x2 - TURN, y2, x2, y2],
    ]
  }

  /** The place nearest to `wish` where nothing stands between `start` and `end`. */
  private lane(start: number, end: number, wish: number, own: ReadonlySet<string>): number {
    const taken = this.walls
      .filter((wall) => wall.x < end + AWAY && wall.x + wall.width > start - AWAY && !own.has(wall.of))
      .map((wall) => [wall.y - AWAY, wall.y + wall.height + AWAY] as const)
      .sort((one, two) => one[0] - two[0])
    let [best, least] = [wish, Infinity]
    const offer = (at: number) => {
      if (Math.abs(at - wish) < least) [best, least] = [at, Math.abs(at - wish)]
    }
    let free = -Infinity
    for (const [top, bottom] of taken) {
      if (top >= free) offer(Math.min(top, Math.max(free, wish)))
      free = Math.max(free, bottom)
    }
    offer(Math.max(free, wish))
    return best
  }

  private touched(path: Path, own: ReadonlySet<string>): Set<Wall> {
    const found = new Set<Wall>()
    for (const one of path) {
      const box = curveBox(one)
      const steps = Math.min(80, Math.max(6, Math.ceil((box.width + box.height) / 12)))
      for (let step = 1; step < steps; step += 1) {
        const [x, y] = pointOf(one, step / steps)
        for (const wall of this.cells.get(`${cell(x)} ${cell(y)}`) ?? []) {
          if (own.has(wall.of)) continue
          if (x > wall.x && x < wall.x + wall.width && y > wall.y - 2 && y < wall.y + wall.height + 2) found.add(wall)
        }
      }
    }
    return found
  }
}

const cell = (at: number) => Math.floor(at / CELL)

function turnedBox<Of extends Box>(box: Of): Of {
  return { ...box, x: box.y, y: box.x, width: box.height, height: box.width }
}

function turnedCurve([x1, y1, x2, y2, x3, y3, x4, y4]: Curve): Curve {
  return [y1, x1, y2, x2, y3, x3, y4, x4]
}

/** From one point to another one, leaving and coming along. */
function bend(x1: number, y1: number, x2: number, y2: number): Curve {
  const by = (x2 - x1) / 2
  return [x1, y1, x1 + by, y1, x2 - by, y2, x2, y2]
}

/** Where a curve is at `at` of its way, 0 to 1. */
export function pointOf([x1, y1, x2, y2, x3, y3, x4, y4]: Curve, at: number): [number, number] {
  const [a, b, c, d] = [(1 - at) ** 3, 3 * at * (1 - at) ** 2, 3 * at ** 2 * (1 - at), at ** 3]
  return [a * x1 + b * x2 + c * x3 + d * x4, a * y1 + b * y2 + c * y3 + d * y4]
}

/** The box that a way does not leave. */
export function pathBox(path: Path): Box {
  const boxes = path.map(curveBox)
  const left = Math.min(...boxes.map((box) => box.x))
  const top = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** Where a word stands on a way: in the middle of its longest part. */
export function wordPlace(path: Path): [number, number] {
  let best: Curve | undefined
  let most = -1
  for (const one of path) {
    const far = Math.hypot(one[6] - one[0], one[7] - one[1])
    if (far > most) [best, most] = [one, far]
  }
  return best === undefined ? [0, 0] : pointOf(best, 0.5)
}
