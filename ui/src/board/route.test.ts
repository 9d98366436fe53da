import { describe, expect, it } from 'vitest'
import type { Box, Curve } from './geometry'
import { type Path, pathBox, pointOf, Router, type Wall, wordPlace } from './route'

const wall = (of: string, x: number, y: number, width = 100, height = 40): Wall => ({ of, x, y, width, height })
const points = (path: Path) =>
  path.flatMap((one: Curve) => Array.from({ length: 41 }, (_, step) => pointOf(one, step / 40)))
const inside = ([x, y]: [number, number], box: Box) =>
  x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height
const turned = (one: Wall): Wall => ({ ...one, x: one.y, y: one.x, width: one.height, height: one.width })

describe('the way of a wire', () => {
  const from = wall('from', 0, 100)
  const to = wall('to', 600, 100)

  it('is one curve where nothing stands in it', () => {
    expect(new Router([from, to, wall('far', 300, 300)], true).path('from', from, 'to', to)).toHaveLength(1)
  })

  it('leads around what stands in it, in both directions', () => {
    const walls = [from, to, wall('a', 200, 90), wall('b', 200, 150), wall('c', 400, 110), wall('d', 400, 40)]
    for (const across of [true, false]) {
      const all = across ? walls : walls.map(turned)
      const [start, end] = [all[0] as Wall, all[1] as Wall]
      const path = new Router(all, across).path('from', start, 'to', end)
      expect(path[0]?.slice(0, 2)).toEqual(across ? [100, 120] : [120, 100])
      expect(path.at(-1)?.slice(6)).toEqual(across ? [600, 120] : [120, 600])
      for (const [index, one] of path.slice(1).entries()) {
        expect(one.slice(0, 2)).toEqual(path[index]?.slice(6))
      }
      for (const point of points(path)) for (const one of all) expect(inside(point, one)).toBe(false)
      const box = pathBox(path)
      for (const [x, y] of points(path)) {
        expect(inside([x, y], { x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2 })).toBe(true)
      }
    }
  })

  it('goes back beside its cards, not behind them', () => {
    const [right, left] = [wall('right', 300, 100), wall('left', 0, 100)]
    const all = [right, left, wall('between', 150, 60)]
    const path = new Router(all, true).path('right', right, 'left', left)
    for (const point of points(path)) for (const one of all) expect(inside(point, one)).toBe(false)
    expect(path.at(-1)?.slice(6)).toEqual([0, 120])
  })

  it('has its word where it is long', () => {
    const path = new Router([from, to], true).path('from', from, 'to', to)
    expect(wordPlace(path)).toEqual([350, 120])
  })
})
