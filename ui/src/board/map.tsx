// biome-ignore-all lint/a11y/useKeyWithClickEvents: a second way to go somewhere, for the pointer; arrow keys lead through the cards
// biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: a canvas that is drawn on is nothing that has the focus
/** The whole picture of a board, small, with the part that is seen; a press or drag goes there. */
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import type { Box } from './geometry'
import type { Card } from './types'

/** Its largest size; it is as wide or high as the picture needs. */
const MOST_WIDTH = 200
const MOST_HEIGHT = 150
const LEAST = 48

type Props = {
  cards: readonly Card[]
  all: Box
  tone: (id: string) => string
  /** Here it puts what the board calls when it was drawn, with the part that is seen. */
  draw: RefObject<((part: Box) => void) | null>
  label: string
  onGo: (x: number, y: number) => void
}

export function BoardMap({ cards, all, tone, draw, label, onGo }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const kept = useRef<{ cards: unknown; tone: unknown; theme: string | undefined; picture: HTMLCanvasElement } | null>(
    null,
  )
  const by = Math.min(MOST_WIDTH / (all.width * 1.1), MOST_HEIGHT / (all.height * 1.1))
  const width = Math.round(Math.max(LEAST, all.width * 1.1 * by))
  const height = Math.round(Math.max(LEAST, all.height * 1.1 * by))
  const left = width / 2 - (all.x + all.width / 2) * by
  const top = height / 2 - (all.y + all.height / 2) * by
  draw.current = (part) => {
    const ctx = canvas.current?.getContext('2d')
    if (!ctx || !canvas.current) return
    const scale = window.devicePixelRatio || 1
    const root = document.documentElement
    const theme = root.dataset.theme
    const fresh = kept.current?.cards === cards && kept.current.tone === tone && kept.current.theme === theme
    if (!fresh) {
      const picture = document.createElement('canvas')
      picture.width = width * scale
      picture.height = height * scale
      const into = picture.getContext('2d')
      if (into === null) return
      into.scale(scale, scale)
      for (const card of cards) {
        into.fillStyle = tone(card.id)
        into.globalAlpha = card.open ? 0.4 : 1
        const [w, h] = [Math.max(1, card.width * by), Math.max(1, card.height * by)]
        into.fillRect(left + card.x * by, top + card.y * by, w, h)
      }
      kept.current = { cards, tone, theme, picture }
    }
    canvas.current.width = width * scale
    canvas.current.height = height * scale
    ctx.scale(scale, scale)
    if (kept.current) ctx.drawImage(kept.current.picture, 0, 0, width, height)
    const style = getComputedStyle(root)
    const seen = [left + part.x * by, top + part.y * by, part.width * by, part.height * by] as const
    ctx.globalAlpha = 0.7
    ctx.fillStyle = style.getPropertyValue('--ground')
    ctx.beginPath()
    ctx.rect(0, 0, width, height)
    ctx.rect(...seen)
    ctx.fill('evenodd')
    ctx.globalAlpha = 1
    ctx.strokeStyle = style.getPropertyValue('--line-strong')
    ctx.strokeRect(...seen)
  }
  useEffect(
    () => () => {
      draw.current = null
    },
    [draw],
  )
  const to = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    onGo((event.clientX - box.left - left) / by, (event.clientY - box.top - top) / by)
  }
  return (
    <div
      role="img"
      data-aside=""
      aria-label={label}
      className="absolute right-3 bottom-3 z-10 cursor-pointer overflow-hidden rounded-md border border-line bg-surface max-sm:hidden"
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        to(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) to(event)
      }}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <canvas ref={canvas} aria-hidden="true" style={{ width, height }} className="block" />
    </div>
  )
}
