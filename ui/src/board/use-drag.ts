/** Moving a board with the pointer, zooming it with two fingers. */
import { type PointerEvent, type RefObject, useRef } from 'react'
import { type View, zoomed } from './geometry'

/** A shorter way is a click. */
const STILL = 4

type Held = { x: number; y: number }

export function useDrag(area: RefObject<HTMLElement | null>, view: RefObject<View>, go: (to: View) => void) {
  const held = useRef(new Map<number, Held>())
  const way = useRef(0)
  const end = (event: PointerEvent) => held.current.delete(event.pointerId)
  const move = (event: PointerEvent) => {
    const before = held.current.get(event.pointerId)
    const outer = area.current
    if (before === undefined || outer === null) return
    const now = { x: event.clientX, y: event.clientY }
    const others = [...held.current].filter(([id]) => id !== event.pointerId).map(([, at]) => at)
    held.current.set(event.pointerId, now)
    way.current += Math.abs(now.x - before.x) + Math.abs(now.y - before.y)
    if (way.current < STILL) return
    // from here on what happens outside belongs to the board, and nothing below the pointer is clicked
    if (!outer.hasPointerCapture(event.pointerId)) outer.setPointerCapture(event.pointerId)
    const [other] = others
    const { x, y, zoom } = view.current
    if (other === undefined) {
      go({ zoom, x: x + now.x - before.x, y: y + now.y - before.y })
      return
    }
    const box = outer.getBoundingClientRect()
    const apart = (one: Held) => Math.max(10, Math.hypot(one.x - other.x, one.y - other.y))
    const [mx, my] = [(now.x + other.x) / 2 - box.left, (now.y + other.y) / 2 - box.top]
    const shifted = { zoom, x: x + (now.x - before.x) / 2, y: y + (now.y - before.y) / 2 }
    go(zoomed(shifted, apart(now) / apart(before), mx, my))
  }
  return {
    /** Whether the press that ends now was a movement. */
    moved: () => way.current >= STILL,
    on: {
      onPointerDown: (event: PointerEvent) => {
        if (event.pointerType === 'mouse' && event.button !== 0) return
        if (held.current.size === 0) way.current = 0
        held.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
      },
      onPointerMove: move,
      onPointerUp: end,
      onPointerCancel: end,
      onLostPointerCapture: end,
    },
  }
}
