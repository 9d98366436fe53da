import { describe, expect, it } from 'vitest'
import { ZOOMS } from './filter'
import { arrange, LEAST_WIDTH, MOST_LANES, ticks, zoneOffset } from './scale'
import { around, SPAN, windowOf, zoomed, zoomFor } from './window'

const HOUR = 3_600_000
const at = (text: string) => Date.parse(text)
const iso = (moments: number[]) => moments.map((moment) => new Date(moment).toISOString().slice(5, 16))

describe('windows', () => {
  it.each(ZOOMS)('of %s hold now, and are the same a moment later', (zoom) => {
    const now = at('2026-11-22T12:34:56Z')
    const span = around(now, zoom)
    expect(span.to - span.from).toBe(SPAN[zoom])
    expect(span.from).toBeLessThan(now)
    expect(span.to).toBeGreaterThan(now)
    expect(around(now + 1000, zoom)).toEqual(span)
  })

  it('begin where the address says; what is no time is around now', () => {
    const now = at('2026-11-22T12:00:00Z')
    expect(windowOf('2026-11-20T00:00:00Z', now, '6h').from).toBe(at('2026-11-20T00:00:00Z'))
    expect(windowOf('yesterday', now, '6h')).toEqual(around(now, '6h'))
  })

  it('keep their middle when zoomed', () => {
    const span = { from: 0, to: 24 * HOUR }
    expect(zoomed(span, '6h')).toEqual({ from: 9 * HOUR, to: 15 * HOUR })
    expect(zoomFor(2 * HOUR)).toBe('6h')
    expect(zoomFor(400 * HOUR)).toBe('7d')
  })
})

describe('ticks', () => {
  it('are whole hours of the wall clock', () => {
    const span = { from: at('2026-11-22T00:10:00Z'), to: at('2026-11-22T03:10:00Z') }
    expect(iso(ticks(span, '6h', 'UTC'))).toEqual(['11-22T01:00', '11-22T02:00', '11-22T03:00'])
    expect(iso(ticks(span, '6h', 'Asia/Kolkata'))).toEqual(['11-22T00:30', '11-22T01:30', '11-22T02:30'])
  })

  it('of days are midnights, also across the end of summer time', () => {
    const span = { from: at('2026-10-23T12:00:00Z'), to: at('2026-10-27T12:00:00Z') }
    expect(iso(ticks(span, '7d', 'Europe/Berlin'))).toEqual([
      '10-23T22:00',
      '10-24T22:00',
      '10-25T23:00',
      '10-26T23:00',
    ])
    expect(zoneOffset(at('2026-10-24T00:00:00Z'), 'Europe/Berlin')).toBe(2 * HOUR)
    expect(zoneOffset(at('2026-10-26T00:00:00.500Z'), 'Europe/Berlin')).toBe(HOUR)
  })
})

describe('bars', () => {
  const span = { from: 0, to: 1000 }
  const item = (start: number, end: number, what = `${start}`) => ({ start, end, what })

  it('lie where their time is, cut at the window', () => {
    const [first, second] = arrange([item(-500, 100), item(400, 600)], span, 1000)
    expect(first).toMatchObject({ x: 0, width: 100, lane: 0 })
    expect(second).toMatchObject({ x: 400, width: 200, lane: 0 })
    expect(arrange([item(1000, 1200), item(-9, -1)], span, 1000)).toEqual([])
  })

  it('are wide enough for their shape, and stay inside', () => {
    const [bar] = arrange([item(999, 1000)], span, 1000)
    expect(bar).toMatchObject({ x: 1000 - LEAST_WIDTH, width: LEAST_WIDTH })
  })

  it('that overlap are in lanes, and never lost', () => {
    const bars = arrange([item(0, 500, 'a'), item(100, 300, 'b'), item(350, 400, 'c')], span, 1000)
    expect(bars.map((bar) => [bar.members.join(), bar.lane])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 1],
    ])
    const many = Array.from({ length: 200 }, (_, number) => item(number * 3, number * 3 + 2, `${number}`))
    const drawn = arrange(many, span, 1000)
    expect(drawn.flatMap((bar) => bar.members)).toHaveLength(200)
    expect(Math.max(...drawn.map((bar) => bar.lane))).toBeLessThan(MOST_LANES)
    for (const lane of [0, 1, 2]) {
      const own = drawn.filter((bar) => bar.lane === lane)
      for (const [index, bar] of own.entries()) {
        const next = own[index + 1]
        if (next) expect(bar.x + bar.width).toBeLessThanOrEqual(next.x)
      }
    }
  })

  it('are not counted with what is not alike', () => {
    const items = Array.from({ length: 8 }, (_, number) => item(number, number, number < 5 ? 'ran' : 'comes'))
    const bars = arrange(items, span, 100, (one, other) => one === other)
    expect(bars.flatMap((bar) => bar.members)).toHaveLength(8)
    for (const bar of bars) expect(new Set(bar.members).size).toBe(1)
  })
})
