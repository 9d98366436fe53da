/** Times: short in the page, exact in the title. */
import { useEffect, useState } from 'react'
import { useFormat } from '@/format/use-format'

type Moment = string | null | undefined

export function Time({ at }: { at: Moment }) {
  const format = useFormat()
  if (!at) return <span className="text-ink-3">–</span>
  return (
    <time dateTime={at} title={format.exactTime(at)} className="whitespace-nowrap">
      {format.dateTime(at)}
    </time>
  )
}

/** The present moment, in milliseconds: changes once a second while the page is looked at. */
export function useNow(every = 1000): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now())
    }, every)
    return () => clearInterval(timer)
  }, [every])
  return now
}

/** `3 minutes ago`, and it goes on. */
export function Ago({ at }: { at: Moment }) {
  const format = useFormat()
  const now = useNow(10_000)
  if (!at) return <span className="text-ink-3">–</span>
  return (
    <time dateTime={at} title={format.exactTime(at)} className="whitespace-nowrap">
      {format.relative(at, Math.max(now, Date.now() - 10_000))}
    </time>
  )
}

/** How long from `start` to `end`; while there is no end, it counts. */
export function Duration({ start, end }: { start: Moment; end?: Moment }) {
  const format = useFormat()
  if (!start) return <span className="text-ink-3">–</span>
  if (end)
    return <span className="whitespace-nowrap">{format.duration((Date.parse(end) - Date.parse(start)) / 1000)}</span>
  return <Counting start={start} />
}

function Counting({ start }: { start: string }) {
  const format = useFormat()
  const now = useNow()
  return (
    <span className="whitespace-nowrap">
      {format.duration(Math.max(0, Math.round((now - Date.parse(start)) / 1000)))}
    </span>
  )
}
