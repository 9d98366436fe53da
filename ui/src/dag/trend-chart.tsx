/** The durations of the newest runs as a line.  Loaded when it is shown. */
import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import UPlot from 'uplot'
import { usePreferences } from '@/app/preferences'
import { useFormat } from '@/format/use-format'
import type { Trend } from './trend'

const HEIGHT = 190

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

type Props = { trend: Trend; median: number; label: string }

export default function TrendChart({ trend, median, label }: Props) {
  const { t } = useTranslation('dagpages')
  const format = useFormat()
  const { theme } = usePreferences()
  const place = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes the colours that are read here
  useEffect(() => {
    const box = place.current
    if (box === null) return
    const axis = {
      stroke: colour('--ink-2'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { stroke: colour('--line'), width: 1 },
      font: '12px system-ui, sans-serif',
    }
    const seconds = (_: unknown, value: number | null) => format.duration(value)
    // where nothing is pointed at, the newest run is told of
    const newest = (chart: UPlot) => {
      if (chart.cursor.idx === null || chart.cursor.idx === undefined)
        chart.setLegend({ idx: trend.at.length - 1 }, false)
    }
    const when = (place: number) => {
      const at = trend.at[place]
      return at === undefined ? '' : format.dateTime(at * 1000)
    }
    const chart = new UPlot(
      {
        width: Math.max(box.clientWidth, 200),
        height: HEIGHT,
        padding: [8, 48, 0, 0],
        hooks: { ready: [newest], setCursor: [newest] },
        cursor: { drag: { x: false, y: false } },
        scales: { x: { time: false }, y: { range: (_, __, high) => [0, (high || 1) * 1.1] } },
        axes: [
          // one step for each run, so that a backfill of last year does not press the others together
          { ...axis, values: (_, marks) => marks.map((mark) => when(mark)), space: 110, incrs: [1, 2, 5, 10, 20, 50] },
          { ...axis, size: 64, values: (_, marks) => marks.map((mark) => format.duration(mark)) },
        ],
        series: [
          { label: t('trend.run'), value: (_, place) => (place === null ? '' : when(place)) },
          {
            label: t('trend.took'),
            stroke: colour('--brand'),
            width: 2,
            points: { show: true, size: 5, fill: colour('--brand') },
            value: seconds,
          },
          {
            label: t('trend.queued'),
            stroke: colour('--state-queued'),
            width: 1,
            dash: [4, 3],
            points: { show: false },
            value: seconds,
          },
          {
            label: t('trend.median'),
            stroke: colour('--line-strong'),
            width: 1,
            dash: [2, 4],
            points: { show: false },
            value: seconds,
          },
        ],
      },
      [trend.at.map((_, place) => place), trend.took, trend.queued, trend.at.map(() => median)],
      box,
    )
    const watch = new ResizeObserver(() => chart.setSize({ width: Math.max(box.clientWidth, 200), height: HEIGHT }))
    watch.observe(box)
    return () => {
      watch.disconnect()
      chart.destroy()
    }
  }, [trend, median, format, theme, t])
  return (
    <div ref={place} role="img" aria-label={label} className="min-h-[190px] w-full min-w-0 overflow-hidden text-sm" />
  )
}
