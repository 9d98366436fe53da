/** The newest runs of a DAG as bars: height is duration, colour and shape are the state.  One picture, one tab stop. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { runState, stateColor, useStateWord } from '@/components/state'
import { useFormat } from '@/format/use-format'
import { runDate } from '@/lib/run-date'

type Run = Schemas['RunBar']
const WIDTH = 6
const GAP = 2
const HEIGHT = 22

export function seconds(run: Run, now: number): number | null {
  if (!run.start_date) return null
  return ((run.end_date ? Date.parse(run.end_date) : now) - Date.parse(run.start_date)) / 1000
}

/** Heights from 0 to 1 by the square root of the duration, so that a short run beside a long one is still seen. */
export function heights(runs: Run[], now: number): number[] {
  const spans = runs.map((run) => seconds(run, now) ?? 0)
  const longest = Math.max(...spans, 0.001)
  return spans.map((span) => Math.max(0.18, Math.sqrt(Math.max(span, 0) / longest)))
}

export function RunBars({
  dagId,
  name,
  runs,
  count = 14,
}: {
  dagId: string
  name: string
  runs: Run[]
  count?: number
}) {
  const { t } = useTranslation('dags')
  const word = useStateWord()
  const format = useFormat()
  const shown = runs.slice(0, count).reverse()
  const tall = heights(shown, Date.now())
  const latest = runs[0]
  if (latest === undefined) return <span className="text-ink-3">{t('never_ran')}</span>
  const title = (run: Run) => {
    const span = seconds(run, Date.now())
    return [word(runState(run)), format.dateTime(runDate(run)), span === null ? '' : format.duration(span)]
      .filter(Boolean)
      .join(' · ')
  }
  return (
    <Link
      to="/dags/$dagId/runs/$runId"
      params={{ dagId, runId: latest.run_id }}
      aria-label={t('latest_run', { name, what: title(latest) })}
      className="inline-block"
    >
      <svg width={count * (WIDTH + GAP)} height={HEIGHT} aria-hidden="true">
        {shown.map((run, index) => {
          const state = runState(run)
          const height = Math.round((tall[index] ?? 0) * (HEIGHT - 2))
          const x = (count - shown.length + index) * (WIDTH + GAP)
          const open = state === 'running' || state === 'queued'
          return (
            <g key={run.id} style={{ color: stateColor(state) }}>
              <title>{title(run)}</title>
              <rect
                x={x + 0.5}
                y={HEIGHT - height - 0.5}
                width={WIDTH - 1}
                height={height}
                rx={1}
                fill={open ? 'none' : 'currentColor'}
                stroke="currentColor"
              />
              {state === 'tolerated' && (
                <path
                  d={`M${x + WIDTH / 2} ${HEIGHT - height + 1}v2.4m0 1.2v0.8`}
                  stroke="var(--surface)"
                  strokeWidth={1.2}
                />
              )}
              {state === 'failed' && (
                <path d={`M${x + 1} ${HEIGHT - height + 1}l4 4m0-4l-4 4`} stroke="var(--surface)" strokeWidth={1.2} />
              )}
            </g>
          )
        })}
      </svg>
    </Link>
  )
}
