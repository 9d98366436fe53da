/** A log on the page: toolbar, lines, and a strip that says where matches and errors are. */
import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import {
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '@/api/client'
import { useShortcuts } from '@/app/shortcuts'
import { Empty } from '@/components/empty'
import { Problem } from '@/components/failure'
import { Scrolled } from '@/components/scrolled'
import { Lines as Skeleton } from '@/components/skeleton'
import { useAlone } from '@/lib/use-alone'
import { askServer } from './ask'
import { ErrorCard } from './error-card'
import { groupsAround, rowsOf } from './folds'
import type { LogPreferences } from './preferences'
import { Row } from './row'
import { matcher, step } from './search'
import { LogSource, type Opening } from './source'
import { useSpoken } from './spoken'
import { Strip } from './strip'
import { Toolbar } from './toolbar'
import type { Level, LogAddress, LogRecord } from './types'
import { atEnd, atStart, choose, type Lines } from './window'

export type LogViewProps = {
  address: LogAddress
  /** Where it opens, unless lines are chosen. */
  opening: 'start' | 'end' | 'error'
  /** Said in the card above: only of a try that failed. */
  failed: boolean
  name: string
  find: string
  regex: boolean
  levels: Level[] | undefined
  chosen: Lines | null
  onFind: (find: string, regex: boolean) => void
  onLevels: (levels: Level[] | undefined) => void
  onChoose: (lines: Lines | null) => void
  preferences: LogPreferences
  onPreferences: (change: Partial<LogPreferences>) => void
  /** Two logs side by side: only one answers to keys. */
  keys?: boolean
}

const NEAR = 40
const ROW = 20

export function LogView(props: LogViewProps) {
  const { address, opening, failed, find, regex, levels, chosen, onChoose, preferences, keys = true } = props
  const { t } = useTranslation('task')
  const key = JSON.stringify(address)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the address
  const source = useMemo(() => new LogSource(askServer(address)), [key])
  const { window, outline, target, loading, following, problem, found } = useSyncExternalStore(source.watch, source.get)
  const first = useRef({ chosen, levels, opening })
  first.current = { chosen, levels, opening }
  useEffect(() => {
    const start = first.current
    const at: Opening = start.chosen ? { line: start.chosen.from } : { at: start.opening }
    void source.open(at, start.levels)
    return () => source.close()
  }, [source])

  const matches = useMemo(() => matcher(find, regex), [find, regex])
  const wrong = matches !== null && 'wrong' in matches ? matches.wrong : null
  const search = matches !== null && !('wrong' in matches) ? matches : null
  const levelKey = levels?.join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another set of levels is another search
  useEffect(() => {
    void source.search(search)
  }, [source, search, levelKey])

  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set())
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const [full, setFull] = useState(false)
  const records = window?.records
  const rows = useMemo(
    () => (records ? rowsOf(records, turned, target?.offset ?? null) : []),
    [records, turned, target?.offset],
  )
  const scroller = useRef<HTMLElement>(null)
  const virtual = useVirtualizer<HTMLElement, Element>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 20,
  })
  const items = virtual.getVirtualItems()
  const indexOf = useCallback(
    (offset: number) => {
      const at = rows.findIndex((row) => row.key >= offset)
      return at === -1 ? rows.length - 1 : at
    },
    [rows],
  )
  useStay(scroller, virtual, rows, following)

  // what is to be looked at: unfold what hides it, then go there; nothing is loaded above it before it is reached
  const [reached, setReached] = useState(0)
  const latest = useRef(indexOf)
  latest.current = indexOf
  useLayoutEffect(() => {
    if (!target || target.count === reached || rows.length === 0) return
    const exact = rows.some((row) => row.key === target.offset)
    const around = exact ? [] : groupsAround(records ?? [], target.offset)
    const folded = rows.find((row) => row.kind === 'group' && row.folded && around.includes(row.key))
    if (folded) {
      setTurned((before) => flipped(before, folded.key))
      return
    }
    let frame = 0
    // rows are measured as they are shown: after a few frames the place is exact
    const look = (left: number) => {
      const index = latest.current(target.offset)
      const size = virtual.measurementsCache[index]?.size ?? 0
      // of what is taller than the window, as a traceback is, the head is looked at
      const tall = size > (scroller.current?.clientHeight ?? 0) * 0.8
      virtual.scrollToIndex(index, { align: tall ? 'start' : index === rows.length - 1 ? 'end' : 'center' })
      if (left > 0) frame = requestAnimationFrame(() => look(left - 1))
      else setReached(target.count)
    }
    frame = requestAnimationFrame(() => look(3))
    return () => cancelAnimationFrame(frame)
  }, [target, reached, rows, records, virtual])

  const firstShown = items[0]?.index ?? 0
  const lastShown = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (!window || loading || (target && target.count !== reached)) return
    if (firstShown < NEAR && !atStart(window)) void source.more('before')
    else if (lastShown > rows.length - NEAR && !atEnd(window)) void source.more('after')
  }, [source, window, loading, target, reached, firstShown, lastShown, rows.length])

  const [current, setCurrent] = useState<number | null>(null)
  const place = found && current !== null ? found.offsets.indexOf(current) : -1
  const go = (direction: 1 | -1) => {
    if (!found) return
    const from = current ?? (rows[firstShown]?.key ?? 0) - 1
    const next = found.offsets[step(found.offsets, from, direction)]
    if (next === undefined) return
    setCurrent(next)
    void source.goTo(next)
  }
  const errors = outline?.errors ?? []
  const goError = () => {
    const from = rows[firstShown + Math.floor((lastShown - firstShown) / 2)]?.key ?? -1
    const next = errors[step(errors, current ?? from, 1)]
    if (next === undefined) return
    setCurrent(next)
    void source.goTo(next)
  }
  // a new search goes to its first match
  const foundFirst = found?.offsets[0]
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when there is another first match
  useEffect(() => {
    if (foundFirst === undefined || search === null) return
    setCurrent(foundFirst)
    void source.goTo(foundFirst)
  }, [foundFirst, search])

  useSpoken(current ?? (chosen && chosen.from === chosen.to ? chosen : null), rows)

  const chooseLine = useCallback(
    (line: number, further: boolean) => onChoose(choose(first.current.chosen, line, further)),
    [onChoose],
  )
  const turn = useCallback((offset: number) => setTurned((before) => flipped(before, offset)), [])
  const openRow = useCallback((offset: number) => setOpened((before) => flipped(before, offset)), [])
  const setLevels = (next: Level[] | undefined) => {
    props.onLevels(next)
    void source.setLevels(next, rows[firstShown]?.key ?? null)
  }
  const searchBox = useRef<HTMLInputElement>(null)
  const whole = useRef<HTMLDivElement>(null)
  useAlone(whole, full)
  useShortcuts(
    keys
      ? [
          { keys: '/', label: t('log.keys.search'), act: () => searchBox.current?.focus() },
          { keys: 'n', label: t('log.keys.next'), act: () => go(1) },
          { keys: 'p', label: t('log.keys.before'), act: () => go(-1) },
          { keys: 'e', label: t('log.keys.error'), act: goError },
          { keys: 'w', label: t('log.wrap'), act: () => props.onPreferences({ wrap: !preferences.wrap }) },
          { keys: 't', label: t('log.times'), act: () => props.onPreferences({ times: !preferences.times }) },
          { keys: 'f', label: t('log.full'), act: () => setFull((before) => !before) },
          ...(full ? [{ keys: 'Escape', label: t('log.full_off'), act: () => setFull(false) }] : []),
        ]
      : [],
  )
  const ended = failed ? (outline?.last_error ?? null) : null
  const error = useRecord(source, records, ended)
  if (problem instanceof ApiError && problem.status === 404 && !window) {
    return <Empty title={t('log.none')}>{t('log.none_what')}</Empty>
  }
  const selected = chosen
    ? (records ?? []).filter((it) => it.line !== null && inside(it.line, chosen))
    : (records ?? [])
  return (
    <div ref={whole} className={clsx('flex min-h-0 min-w-0 flex-col', full && 'fixed inset-0 z-30 bg-ground p-3')}>
      {error && !full && <ErrorCard name={props.name} record={error} onShow={() => void source.goTo(error.offset)} />}
      <section aria-label={props.name} className="card flex min-h-0 min-w-0 flex-1 flex-col">
        <Toolbar
          {...props}
          searchBox={searchBox}
          wrong={wrong}
          found={found}
          size={window?.size ?? 0}
          place={place}
          counts={outline?.counts}
          counted={outline?.complete ?? false}
          lines={outline?.lines ?? 0}
          following={following}
          full={full}
          errors={errors.length}
          selected={selected}
          onStep={go}
          onError={goError}
          onLines={() => scroller.current?.focus()}
          onLevels={setLevels}
          onFull={() => setFull(!full)}
          onLine={(line) => {
            setCurrent(null)
            onChoose({ from: line, to: line })
            void source.goToLine(line)
          }}
          onStart={() => void source.open({ at: 'start' }, levels)}
          onEnd={() => void source.open({ at: 'end' }, levels)}
        />
        <Problem error={problem} />
        <div className="relative min-h-0 flex-1">
          <Scrolled
            ref={scroller}
            label={t('log.lines_label', { name: props.name })}
            className={clsx(
              'overscroll-contain [overflow-anchor:none]',
              full ? 'h-full' : error ? 'h-[max(17rem,calc(100dvh-34rem))]' : 'h-[max(20rem,calc(100dvh-22rem))]',
            )}
          >
            {!window && loading === 'open' ? (
              <Skeleton count={8} />
            ) : rows.length === 0 ? (
              <p className="p-4 text-ink-2">{levels ? t('log.nothing_of_level') : t('log.nothing')}</p>
            ) : (
              <div
                className={clsx('relative', !preferences.wrap && 'w-max min-w-full')}
                style={{ height: virtual.getTotalSize() }}
              >
                {items.map((item) => {
                  const row = rows[item.index]
                  if (!row) return null
                  return (
                    <div
                      key={item.key}
                      ref={virtual.measureElement}
                      data-index={item.index}
                      className={clsx('absolute top-0 left-0 pe-7', preferences.wrap ? 'w-full' : 'w-max min-w-full')}
                      style={{ transform: `translateY(${item.start}px)` }}
                    >
                      <Row
                        row={row}
                        wrap={preferences.wrap}
                        times={preferences.times}
                        chosen={chosen !== null && row.record.line !== null && inside(row.record.line, chosen)}
                        current={row.key === current}
                        matches={search}
                        opened={opened.has(row.key)}
                        onTurn={turn}
                        onOpen={openRow}
                        onLine={chooseLine}
                      />
                    </div>
                  )
                })}
              </div>
            )}
          </Scrolled>
          <Strip
            size={window?.size ?? 0}
            from={rows[firstShown]?.key ?? 0}
            to={rows[lastShown]?.key ?? 0}
            found={found?.offsets ?? []}
            errors={errors}
            onGo={(offset) => void source.goTo(offset)}
          />
        </div>
      </section>
    </div>
  )
}

function inside(line: number, { from, to }: Lines): boolean {
  return line >= from && line <= to
}

function flipped(set: ReadonlySet<number>, value: number): ReadonlySet<number> {
  const next = new Set(set)
  if (!next.delete(value)) next.add(value)
  return next
}

/** A record by its offset: held, or fetched once. */
function useRecord(source: LogSource, records: LogRecord[] | undefined, offset: number | null): LogRecord | null {
  const held = offset === null ? undefined : records?.find((record) => record.offset === offset)
  const [kept, setKept] = useState<LogRecord | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each offset
  useEffect(() => {
    if (held) setKept(held)
    else if (offset !== null && records) void source.record(offset).then((record) => setKept(record))
  }, [source, offset, held !== undefined, records !== undefined])
  return offset !== null && kept?.offset === offset ? kept : null
}

type Virtual = ReturnType<typeof useVirtualizer<HTMLElement, Element>>

/** Lines that come or go above what is read do not move it; who is at the end of a growing log stays there. */
function useStay(
  scroller: RefObject<HTMLElement | null>,
  virtual: Virtual,
  rows: readonly { key: number }[],
  following: boolean,
): void {
  const anchor = useRef<{ key: number; delta: number; end: boolean } | null>(null)
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    const note = () => {
      const top = element.scrollTop
      const item = virtual.getVirtualItems().find((one) => one.end > top)
      anchor.current = item
        ? {
            key: Number(item.key),
            delta: top - item.start,
            end: element.scrollHeight - top - element.clientHeight < ROW,
          }
        : null
    }
    element.addEventListener('scroll', note, { passive: true })
    return () => element.removeEventListener('scroll', note)
  }, [scroller, virtual])
  useLayoutEffect(() => {
    const element = scroller.current
    const was = anchor.current
    if (!element || !was || rows.length === 0) return
    if (was.end && following) {
      virtual.scrollToIndex(rows.length - 1, { align: 'end' })
      return
    }
    const index = rows.findIndex((row) => row.key === was.key)
    const start = index === -1 ? undefined : virtual.measurementsCache[index]?.start
    if (start !== undefined && Math.abs(start + was.delta - element.scrollTop) > 1)
      element.scrollTop = start + was.delta
  }, [rows, following, scroller, virtual])
}
