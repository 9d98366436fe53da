/** When a DAG ran and will run: by day, or by hour.  Each day leads to its runs. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { type KeyboardEvent, type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '@/api/client'
import { preferences, usePreferences } from '@/app/preferences'
import { Button } from '@/components/button'
import { TabLinks } from '@/components/page'
import { StateIcon, stateColor, useStateWord } from '@/components/state'
import {
  byKey,
  type Cell,
  type Counts,
  hourRows,
  type Mark,
  markOf,
  months,
  moved,
  parts,
  runsIn,
  shownMonths,
  sumOf,
} from '@/dag/calendar'
import { windowOf } from '@/dag/calendar-filter'
import { zoneName } from '@/format/time'
import { useFormat } from '@/format/use-format'
import { monthName, weekBegin, weekdayNames } from '@/format/week'
import { dayOf, isDay, shift, startOf, wallClock } from '@/lib/days'
import { one, text } from '@/lib/search'
import { dagTopic } from '@/live/topics'

type Search = { by?: 'hour'; until?: string }

function searched(search: Record<string, unknown>): Search {
  const { until } = text(search, 'until')
  return { ...one(search, 'by', ['hour']), ...(isDay(until) ? { until } : {}) }
}

export const Route = createFileRoute('/_app/dags/$dagId/calendar')({
  validateSearch: searched,
  loader: ({ context, params, location }) =>
    context.queryClient.ensureQueryData(query(params.dagId, searched(location.search), zoneName(preferences().zone))),
  component: View,
})

function query(dagId: string, { by, until }: Search, zone: string) {
  const { first, last } = windowOf(dayOf(Date.now(), zone), by === 'hour', until)
  const at = (day: string) => new Date(startOf(day, zone)).toISOString()
  return {
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/calendar', {
      params: {
        path: { dag_id: dagId },
        query: {
          granularity: by === 'hour' ? 'hourly' : 'daily',
          timezone: zone,
          start: at(first),
          end: at(shift(last, 1)),
        },
      },
    }),
    meta: { topics: [dagTopic(dagId)] },
  }
}

function View() {
  const { t } = useTranslation('dagpages')
  const { dagId } = Route.useParams()
  // what is shown and the days it is of go together: the page changes when it has all
  const search = useDeferredValue(Route.useSearch())
  const navigate = Route.useNavigate()
  const format = useFormat()
  const zone = zoneName(usePreferences().zone)
  const { data } = useSuspenseQuery(query(dagId, search, zone))
  const hours = search.by === 'hour'
  const today = dayOf(Date.now(), zone)
  const { first, last } = windowOf(today, hours, search.until)
  const counts = useMemo(() => byKey(data.cells, hours), [data, hours])
  const sum = sumOf(counts.values())
  const finished = sum.succeeded + sum.failed
  const step = hours ? 8 : 365
  const go = (until: string | undefined) =>
    void navigate({ search: { ...(hours ? { by: 'hour' as const } : {}), ...(until ? { until } : {}) } })
  return (
    <>
      <h2 className="visually-hidden">{t('calendar.title')}</h2>
      <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <TabLinks
          label={t('calendar.by')}
          tabs={[
            {
              label: t('calendar.daily'),
              link: { to: '/dags/$dagId/calendar', params: { dagId }, search: {} },
              exact: true,
              search: true,
            },
            {
              label: t('calendar.hourly'),
              link: { to: '/dags/$dagId/calendar', params: { dagId }, search: { by: 'hour' } },
              search: true,
            },
          ]}
        />
        <p className="flex-1 basis-60 text-ink-2">
          {t('calendar.sum_daily', {
            runs: t('calendar.runs', { count: sum.runs }),
            good: finished === 0 ? '–' : format.percent(sum.succeeded / finished),
            planned: format.count(sum.planned),
          })}
        </p>
        <div className="flex gap-2">
          <Button small onClick={() => go(shift(last, -step))}>
            {t('calendar.earlier')}
          </Button>
          <Button small disabled={!search.until} onClick={() => go(undefined)}>
            {t('calendar.now')}
          </Button>
          <Button
            small
            disabled={!search.until}
            onClick={() => go(shift(last, step) >= windowOf(today, hours).last ? undefined : shift(last, step))}
          >
            {t('calendar.later')}
          </Button>
        </div>
      </div>
      {Date.parse(data.complete_from) > startOf(first, zone) + 1000 && (
        <p className="mb-2 text-warning">{t('calendar.complete_from', { at: format.dateTime(data.complete_from) })}</p>
      )}
      {!data.planned_complete && <p className="mb-2 text-ink-2">{t('calendar.more_planned')}</p>}
      <Cells dagId={dagId} hours={hours} first={first} last={last} today={today} counts={counts} zone={zone} />
      <Legend />
      <p className="mt-2 text-sm text-ink-2">{t('calendar.which_day')}</p>
    </>
  )
}

type CellsProps = {
  dagId: string
  hours: boolean
  first: string
  last: string
  today: string
  counts: Map<string, Counts>
  zone: string
}

/** One tab stop; the arrow keys go from cell to cell. */
function Cells({ dagId, hours, first, last, today, counts, zone }: CellsProps) {
  const { t } = useTranslation('dagpages')
  const format = useFormat()
  const box = useRef<HTMLDivElement>(null)
  const [wanted, setWanted] = useState<string | null>(null)
  const begin = weekBegin(usePreferences().language)
  const all = useMemo(() => shownMonths(months(first, last, counts, begin), today), [first, last, counts, begin, today])
  const rows = useMemo(() => (hours ? hourRows(first, last, counts) : []), [hours, first, last, counts])
  const here = focusOf(wanted, today, hours, first, last)
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(event.key, here, hours, begin)
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return
    const found = box.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)
    if (!found) return
    event.preventDefault()
    setWanted(next)
    found.focus()
  }
  const cell = (one: Cell, label: string, face: string) => (
    <CellFace
      key={one.key}
      dagId={dagId}
      cell={one}
      label={label}
      face={face}
      hours={hours}
      zone={zone}
      now={one.key.slice(0, 10) === today}
      stop={one.key === here}
      onFocus={() => setWanted(one.key)}
    />
  )
  const dayName = (day: string) => format.day(startOf(day, zone) + 43_200_000)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys move between the cells in it
    <div ref={box} onKeyDown={onKeyDown}>
      <p className="visually-hidden">{t('calendar.keys')}</p>
      {hours ? (
        <div className="card overflow-x-auto p-3">
          <table aria-label={t('calendar.title')}>
            <thead>
              <tr>
                <th scope="col" className="pe-3 text-sm">
                  {t('calendar.day')}
                </th>
                {Array.from({ length: 24 }, (_, hour) => (
                  <th key={hour} scope="col" className="px-0.5 text-center text-xs">
                    {String(hour).padStart(2, '0')}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.day}>
                  <th scope="row" className="pe-3 text-sm whitespace-nowrap">
                    {dayName(row.day)}
                  </th>
                  {row.cells.map((one) => (
                    <td key={one.key} className="p-0.5">
                      {cell(
                        one,
                        `${dayName(row.day)}, ${one.key.slice(11)}:00`,
                        runsIn(one.counts) > 1 ? format.short(runsIn(one.counts)) : '',
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(15rem,1fr))] gap-4">
          {all.map((month) => (
            <MonthTable key={month.key} month={month.key} zone={zone}>
              {month.weeks.map((week, index) => (
                <tr key={index}>
                  {week.map((one, column) => (
                    <td key={column} className="p-0.5">
                      {one && cell(one, dayName(one.key), String(Number(one.key.slice(8))))}
                    </td>
                  ))}
                </tr>
              ))}
            </MonthTable>
          ))}
        </div>
      )}
    </div>
  )
}

function focusOf(wanted: string | null, today: string, hours: boolean, first: string, last: string): string {
  if (wanted !== null && wanted.slice(0, 10) >= first && wanted.slice(0, 10) <= last) return wanted
  const day = today >= first && today <= last ? today : last
  return hours ? `${day}T00` : day
}

function MonthTable({ month, zone, children }: { month: string; zone: string; children: ReactNode }) {
  const { language } = usePreferences()
  const name = monthName(startOf(`${month}-15`, zone), { zone, language })
  return (
    <section className="card p-3" aria-label={name}>
      <h3 className="mb-1">{name}</h3>
      <table className="w-full table-fixed" aria-label={name}>
        <thead>
          <tr>
            {weekdayNames(language).map((day) => (
              <th key={day} scope="col" className="text-center text-xs">
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}

type FaceProps = {
  dagId: string
  cell: Cell
  label: string
  face: string
  hours: boolean
  zone: string
  now: boolean
  stop: boolean
  onFocus: () => void
}

function CellFace({ dagId, cell, label, face, hours, zone, now, stop, onFocus }: FaceProps) {
  const { t } = useTranslation('dagpages')
  const word = useMarkWord()
  const mark = markOf(cell.counts)
  const runs = runsIn(cell.counts)
  const said = parts(cell.counts).map(([state, count]) =>
    state === 'planned' ? t('calendar.planned', { count }) : `${word(state)} ${count}`,
  )
  const sum = runs > 1 ? `${t('calendar.runs', { count: runs })}: ` : ''
  const title = `${label}: ${said.length > 0 ? sum + said.join(', ') : t('calendar.none')}`
  const shared = {
    'data-at': cell.key,
    'aria-label': title,
    title,
    tabIndex: stop ? 0 : -1,
    onFocus,
    className: clsx(
      'relative flex h-9 w-full min-w-7 flex-col items-center justify-center rounded-sm border pb-1 text-xs leading-4 text-ink! no-underline!',
      mark === 'planned' ? 'border-line-strong border-dashed' : mark === null ? 'border-transparent' : 'border-line',
      mark !== null && 'bg-sunken hover:bg-hover',
      now && 'font-bold underline!',
    ),
  }
  const inside = (
    <>
      <span className={mark === null ? 'text-ink-3' : ''}>{face}</span>
      {mark !== null && <MarkIcon mark={mark} />}
      {runsIn(cell.counts) > 0 && (
        <span aria-hidden="true" className="absolute inset-x-0.5 bottom-0.5 flex h-1 overflow-hidden rounded-full">
          {parts(cell.counts).map(
            ([state, count]) =>
              state !== 'planned' && <span key={state} style={{ flexGrow: count, background: stateColor(state) }} />,
          )}
        </span>
      )}
    </>
  )
  if (runsIn(cell.counts) === 0) {
    return (
      <span role="img" {...shared}>
        {inside}
      </span>
    )
  }
  const begin = hours ? hourStart(cell.key, zone) : 0
  const bounds = hours
    ? { from: new Date(begin).toISOString(), to: new Date(begin + 3_600_000).toISOString() }
    : { from: cell.key, to: cell.key }
  return (
    <Link to="/dags/$dagId/runs" params={{ dagId }} search={bounds} {...shared}>
      {inside}
    </Link>
  )
}

/** The moment an hour of the clock begins in a zone; of one that comes twice, the first. */
function hourStart(key: string, zone: string): number {
  const [day = '', hour = '0'] = key.split('T')
  const begin = startOf(day, zone)
  // on days when the clocks change, the hours after it are not where one counts them from midnight
  for (let at = begin; at < begin + 26 * 3_600_000; at += 3_600_000) {
    if (Number(wallClock(at, zone).slice(11, 13)) === Number(hour)) return at
  }
  return begin + Number(hour) * 3_600_000
}

function useMarkWord() {
  const { t } = useTranslation('dagpages')
  const word = useStateWord()
  return (mark: Mark) => (mark === 'planned' ? t('calendar.planned_word') : word(mark))
}

function MarkIcon({ mark }: { mark: Mark }) {
  if (mark === 'planned') {
    return (
      <svg viewBox="0 0 12 12" width={10} height={10} aria-hidden="true" style={{ color: stateColor('queued') }}>
        <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth={1.5} strokeDasharray="2 1.6" />
      </svg>
    )
  }
  return <StateIcon state={mark} size={10} />
}

function Legend() {
  const { t } = useTranslation('dagpages')
  const word = useMarkWord()
  return (
    <ul aria-label={t('calendar.legend')} className="mt-3 flex flex-wrap gap-4 text-sm text-ink-2">
      {(['success', 'tolerated', 'failed', 'running', 'queued', 'planned'] as const).map((mark) => (
        <li key={mark} className="inline-flex items-center gap-1.5">
          <MarkIcon mark={mark} />
          {word(mark)}
        </li>
      ))}
    </ul>
  )
}
