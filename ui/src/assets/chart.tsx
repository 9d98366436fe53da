/** One number of the newest events over time.  Drawn by uPlot, which is loaded when there is something to draw. */
import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import UPlot from 'uplot'
import { usePreferences } from '@/app/preferences'
import { zoneName } from '@/format/time'
import { useFormat } from '@/format/use-format'

type Props = { name: string; at: (number | null)[]; values: (number | null)[] }
const HEIGHT = 120

function color(token: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim()
}

export default function Chart({ name, at, values }: Props) {
  const { t } = useTranslation('assets')
  const format = useFormat()
  const { theme, zone } = usePreferences()
  const place = useRef<HTMLDivElement>(null)
  const points = at.flatMap((time, index) => {
    const value = values[index]
    return time === null || value === null || value === undefined ? [] : [{ time, value }]
  })
  const key = points.map((point) => `${point.time} ${point.value}`).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says whether the points changed, the theme the colours
  useEffect(() => {
    const host = place.current
    if (host === null) return
    const axis = { stroke: color('--ink-2'), grid: { stroke: color('--line'), width: 1 }, ticks: { show: false } }
    const plot = new UPlot(
      {
        width: host.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), zoneName(zone)),
        cursor: { drag: { x: false, y: false } },
        axes: [
          { ...axis, size: 26, values: (_, ticks) => ticks.map((tick) => format.dateTime(tick * 1000)), space: 110 },
          { ...axis, size: 52, values: (_, ticks) => ticks.map((tick) => format.short(tick)) },
        ],
        series: [{}, { stroke: color('--brand'), width: 1.5, points: { show: true, size: 5, fill: color('--brand') } }],
      },
      [points.map((point) => point.time / 1000), points.map((point) => point.value)],
      host,
    )
    const watch = new ResizeObserver(() => plot.setSize({ width: host.clientWidth, height: HEIGHT }))
    watch.observe(host)
    return () => {
      watch.disconnect()
      plot.destroy()
    }
  }, [key, theme, zone])
  const all = points.map((point) => point.value)
  const label = t('chart.label', {
    name,
    last: format.count(all.at(-1) ?? 0),
    least: format.count(Math.min(...all)),
    most: format.count(Math.max(...all)),
  })
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 flex flex-wrap justify-between gap-2 text-sm">
        <span className="font-medium break-all">{name}</span>
        <span className="text-ink-2">{format.count(all.at(-1) ?? 0)}</span>
      </figcaption>
      <div ref={place} role="img" aria-label={label} className="min-w-0" style={{ height: HEIGHT }} />
    </figure>
  )
}
