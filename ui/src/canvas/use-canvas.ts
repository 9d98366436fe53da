/**
 * A canvas that stays in place in something that scrolls, and draws the part that is seen: at most once a frame.
 *
 * Used by the grid and the timeline.
 */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { readTheme, type Theme } from './theme'

export type Viewport = { left: number; top: number; width: number; height: number }

export type Paint = (ctx: CanvasRenderingContext2D, view: Viewport, theme: Theme) => void

/** `redraw` is to be called when something else than place, size or theme changed. */
export function useCanvas(
  scroller: RefObject<HTMLElement | null>,
  canvas: RefObject<HTMLCanvasElement | null>,
  paint: Paint,
) {
  const latest = useRef(paint)
  latest.current = paint
  const frame = useRef(0)
  const theme = useRef<Theme | null>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const draw = useCallback(() => {
    frame.current = 0
    const outer = scroller.current
    const inner = canvas.current
    const ctx = inner?.getContext('2d')
    if (!outer || !inner || !ctx) return
    const scale = window.devicePixelRatio || 1
    if (theme.current === null || theme.current.scale !== scale) theme.current = readTheme(scale)
    const width = outer.clientWidth
    const height = outer.clientHeight
    if (inner.width !== Math.round(width * scale) || inner.height !== Math.round(height * scale)) {
      inner.width = Math.round(width * scale)
      inner.height = Math.round(height * scale)
      inner.style.width = `${width}px`
      inner.style.height = `${height}px`
    }
    ctx.setTransform(scale, 0, 0, scale, 0, 0)
    ctx.clearRect(0, 0, width, height)
    latest.current(ctx, { left: outer.scrollLeft, top: outer.scrollTop, width, height }, theme.current)
  }, [scroller, canvas])
  const redraw = useCallback(() => {
    if (frame.current === 0) frame.current = requestAnimationFrame(draw)
  }, [draw])
  useEffect(() => {
    const outer = scroller.current
    if (!outer) return
    const resized = () => {
      setSize({ width: outer.clientWidth, height: outer.clientHeight })
      redraw()
    }
    const observer = new ResizeObserver(resized)
    observer.observe(outer)
    outer.addEventListener('scroll', redraw, { passive: true })
    const themed = new MutationObserver(() => {
      theme.current = null
      redraw()
    })
    themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    resized()
    return () => {
      observer.disconnect()
      themed.disconnect()
      outer.removeEventListener('scroll', redraw)
      cancelAnimationFrame(frame.current)
      frame.current = 0
    }
  }, [scroller, redraw])
  // what the picture is made of changed with this rendering
  useEffect(redraw)
  return { redraw, size }
}
