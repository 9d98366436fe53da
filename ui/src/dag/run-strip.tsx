/** The newest runs as bars, oldest to newest: height is duration, colour and shape are the state.  One tab stop; the
 * arrow keys go along it. */
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { runState, StateIcon, stateColor, useStateWord } from '@/components/state'
import { useFormat } from '@/format/use-format'

const SHOWN = 40

export function RunStrip({ dagId, data }: { dagId: string; data: Schemas['DurationsResponse'] }) {
  const { t } = useTranslation('dagpages')
  const word = useStateWord()
  const format = useFormat()
  const list = useRef<HTMLOListElement>(null)
  const first = Math.max(0, data.run_id.length - SHOWN)
  const count = data.run_id.length - first
  const [focus, setFocus] = useState(count - 1)
  // where there is no room for all, the newest are in sight
  useLayoutEffect(() => {
    if (list.current && count > 0) list.current.scrollLeft = list.current.scrollWidth
  }, [count])
  const here = Math.min(Math.max(focus, 0), count - 1)
  const spans = data.seconds.slice(first).map((seconds) => seconds ?? 0)
  const longest = Math.max(...spans, 0.001)
  const go = (event: KeyboardEvent) => {
    const next = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: count - 1 }[event.key]
    if (next === undefined || next < 0 || next >= count) return
    event.preventDefault()
    setFocus(next)
    list.current?.querySelectorAll('a')[next]?.focus()
  }
  return (
    <ol
      ref={list}
      aria-label={t('bars')}
      onKeyDown={go}
      className="flex h-20 items-end gap-0.5 overflow-x-auto overflow-y-hidden p-1"
    >
      {data.run_id.slice(first).map((runId, index) => {
        const place = first + index
        const state = runState({ state: data.state[place] ?? null, tolerated: data.tolerated[place] })
        const seconds = data.seconds[place] ?? null
        const at = data.logical_date[place] ?? data.run_after[place]
        const title = [
          word(state),
          at === null || at === undefined ? '' : format.dateTime(at),
          seconds === null ? '' : format.duration(seconds),
        ]
          .filter(Boolean)
          .join(' · ')
        return (
          <li key={runId} className="flex h-full max-w-10 min-w-6 flex-1 flex-col justify-end">
            <Link
              to="/dags/$dagId/runs/$runId"
              params={{ dagId, runId }}
              aria-label={title}
              title={title}
              tabIndex={index === here ? 0 : -1}
              onFocus={() => setFocus(index)}
              className="flex h-full flex-col items-center justify-end gap-1 rounded-sm hover:bg-hover"
            >
              <StateIcon state={state} size={10} />
              <span
                className="block w-3/4 rounded-t-xs"
                style={{
                  height: `${Math.max(6, Math.round(100 * Math.sqrt((spans[index] ?? 0) / longest) * 0.72))}%`,
                  background: stateColor(state),
                }}
              />
            </Link>
          </li>
        )
      })}
    </ol>
  )
}
