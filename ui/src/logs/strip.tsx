/** Where in the whole log one is, and where matches and errors are.  For the eye and the mouse: keys go there as well. */
import type { MouseEvent } from 'react'

const MOST = 400

type Props = {
  size: number
  from: number
  to: number
  found: readonly number[]
  errors: readonly number[]
  onGo: (offset: number) => void
}

/** Places as parts of a thousand, each once. */
export function ticks(offsets: readonly number[], size: number): number[] {
  if (size <= 0) return []
  const places = new Set<number>()
  for (const offset of offsets) {
    places.add(Math.round((1000 * offset) / size))
    if (places.size >= MOST) break
  }
  return [...places]
}

export function Strip({ size, from, to, found, errors, onGo }: Props) {
  const go = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const part = (event.clientY - box.top) / box.height
    const offset = part * size
    // beside a match or an error one means it
    const near = [...found, ...errors].find((one) => Math.abs(one - offset) < (size * 3) / box.height)
    onGo(near ?? Math.floor(offset))
  }
  if (size <= 0) return null
  return (
    <div
      aria-hidden="true"
      data-strip
      onClick={go}
      className="absolute inset-y-0 right-4 w-2.5 cursor-pointer rounded-sm bg-sunken/70"
    >
      <span
        className="absolute inset-x-0 min-h-1 rounded-sm bg-line-strong/60"
        style={{ top: `${(100 * from) / size}%`, height: `${(100 * Math.max(0, to - from)) / size}%` }}
      />
      {ticks(errors, size).map((place) => (
        <span key={`e${place}`} className="absolute inset-x-0 h-0.5 bg-danger" style={{ top: `${place / 10}%` }} />
      ))}
      {ticks(found, size).map((place) => (
        <span key={`f${place}`} className="absolute inset-x-0 h-0.5 bg-brand" style={{ top: `${place / 10}%` }} />
      ))}
    </div>
  )
}
