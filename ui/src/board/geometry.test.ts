import { describe, expect, it } from 'vitest'
import {
  around,
  atFirst,
  curve,
  curveBox,
  fitted,
  meets,
  NEAREST,
  next,
  READABLE,
  seen,
  within,
  zoomed,
} from './geometry'

const size = { width: 800, height: 600 }
const box = (x: number, y: number) => ({ x, y, width: 150, height: 54 })
const at = (view: { x: number; y: number; zoom: number }, x: number, y: number) => [
  (x - view.x) / view.zoom,
  (y - view.y) / view.zoom,
]

describe('a view', () => {
  it('keeps the point under the pointer when it is zoomed', () => {
    const view = { x: 30, y: -20, zoom: 0.5 }
    const near = zoomed(view, 1.7, 200, 100)
    expect(near.zoom).toBeCloseTo(0.85)
    expect(at(near, 200, 100)[0]).toBeCloseTo(at(view, 200, 100)[0] as number)
    expect(at(near, 200, 100)[1]).toBeCloseTo(at(view, 200, 100)[1] as number)
    expect(zoomed(view, 1000, 0, 0).zoom).toBe(NEAREST)
  })

  it('fits all of a box in', () => {
    const all = { x: -500, y: 100, width: 4000, height: 200 }
    expect(within(all, seen(fitted(all, size, 0.04), size, 0))).toBe(true)
    expect(fitted({ x: 0, y: 0, width: 10, height: 10 }, size, 0).zoom).toBeLessThanOrEqual(1.1)
  })

  it('begins with all that can be read, else at the start, else at the beginning', () => {
    const small = { x: 0, y: 0, width: 400, height: 300 }
    expect(within(small, seen(atFirst(small, size, true), size, 0))).toBe(true)
    // a little too long for its margins: seen as a whole all the same, wherever it should begin
    const nearly = { x: 10, y: 10, width: 960, height: 100 }
    for (const start of [undefined, box(800, 20)])
      expect(within(nearly, seen(atFirst(nearly, size, true, start), size, 0))).toBe(true)
    const large = { x: 0, y: 0, width: 40_000, height: 5000 }
    // no room is left over at an end
    expect(seen(atFirst(large, size, true, box(39_900, 4900)), size, 0).x).toBeLessThan(40_000 - size.width)
    const start = box(20_000, 3000)
    const there = atFirst(large, size, true, start)
    expect(there.zoom).toBe(READABLE)
    expect(within(start, seen(there, size, 0))).toBe(true)
    expect(within(box(0, 2480), seen(atFirst(large, size, true), size, 0))).toBe(true)
    expect(within(box(19_925, 0), seen(atFirst(large, size, false), size, 0))).toBe(true)
  })
})

describe('boxes', () => {
  it('have a box around them', () => {
    expect(around([box(0, 0), box(100, -50)])).toEqual({ x: 0, y: -50, width: 250, height: 104 })
    expect(around([])).toEqual({ x: 0, y: 0, width: 1, height: 1 })
  })

  it('meet or do not', () => {
    expect(meets(box(0, 0), box(149, 53))).toBe(true)
    expect(meets(box(0, 0), box(0, 60))).toBe(false)
  })

  it('are walked with arrow keys', () => {
    const [here, right, below, far] = [box(0, 0), box(200, 10), box(10, 100), box(220, 400)]
    const all = [here, right, below, far]
    expect(next(here, all, 'ArrowRight')).toBe(right)
    expect(next(here, all, 'ArrowDown')).toBe(below)
    expect(next(right, all, 'ArrowLeft')).toBe(here)
    expect(next(here, all, 'ArrowUp')).toBeUndefined()
  })
})

describe('a wire', () => {
  it('runs from one box to the other, and stays in its box, also backwards', () => {
    for (const [from, to] of [
      [box(0, 0), box(400, 200)],
      [box(400, 0), box(0, 200)],
    ] as const) {
      for (const across of [true, false]) {
        const path = curve(from, to, across)
        const [x1, y1, , , , , x4, y4] = path
        expect([x1, y1]).toEqual(across ? [from.x + 150, from.y + 27] : [from.x + 75, from.y + 54])
        expect([x4, y4]).toEqual(across ? [to.x, to.y + 27] : [to.x + 75, to.y])
        const edge = curveBox(path)
        for (const [x, y] of [path.slice(0, 2), path.slice(2, 4), path.slice(4, 6), path.slice(6)] as [
          number,
          number,
        ][])
          expect(within({ x, y, width: 0, height: 0 }, edge)).toBe(true)
      }
    }
  })
})
