/** What can be done with a log: search, levels, wrap, times, go to a line, copy, download, full screen. */
import clsx from 'clsx'
import { ChevronDown, ChevronUp, Download, Maximize2, Minimize2, Settings2 } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, buttonClass, IconButton } from '@/components/button'
import { Copy } from '@/components/copy'
import { Menu, MenuItem, MenuLine } from '@/components/menu'
import { useFormat } from '@/format/use-format'
import { plain } from './ansi'
import { logUrl } from './ask'
import type { LogViewProps } from './log-view'
import type { Found } from './source'
import { LEVELS, type Level, type LogRecord } from './types'

type Props = LogViewProps & {
  searchBox: RefObject<HTMLInputElement | null>
  wrong: string | null
  found: Found | null
  size: number
  place: number
  counts: Record<string, number> | undefined
  counted: boolean
  lines: number
  following: boolean
  full: boolean
  errors: number
  selected: readonly LogRecord[]
  onStep: (direction: 1 | -1) => void
  onError: () => void
  /** To the lines, with the keyboard. */
  onLines: () => void
  onFull: () => void
  onLine: (line: number) => void
  onStart: () => void
  onEnd: () => void
}

export function Toolbar(props: Props) {
  const { t } = useTranslation('task')
  const format = useFormat()
  const { address, preferences, onPreferences, following, full, selected, chosen } = props
  const text = () => selected.map((record) => plain(record.event)).join('\n')
  return (
    <div className="flex flex-wrap items-center gap-1 border-line border-b px-2 py-1.5 [&_button]:px-1.5!">
      <Search {...props} />
      <Levels {...props} />
      {following && (
        <span className="inline-flex items-center gap-1.5 text-sm text-ink-2">
          <span className="size-2 rounded-full bg-state-running" aria-hidden="true" />
          {t('log.following')}
        </span>
      )}
      <span className="flex-1" />
      {props.errors > 0 && (
        <Button small look="quiet" onClick={props.onError} aria-keyshortcuts="e">
          {t('log.next_error')}
        </Button>
      )}
      <Button small look="quiet" className="max-sm:hidden" onClick={props.onStart}>
        {t('log.start')}
      </Button>
      <Button small look="quiet" onClick={props.onEnd}>
        {t('log.end')}
      </Button>
      <GoToLine onLine={props.onLine} lines={props.lines} />
      <Menu
        trigger={
          <button type="button" className={buttonClass('quiet', true)}>
            <Settings2 size={14} aria-hidden="true" />
            {t('log.view')}
          </button>
        }
      >
        <MenuItem shortcut="w" onClick={() => onPreferences({ wrap: !preferences.wrap })}>
          {preferences.wrap ? t('log.wrap_off') : t('log.wrap')}
        </MenuItem>
        <MenuItem shortcut="t" onClick={() => onPreferences({ times: !preferences.times })}>
          {preferences.times ? t('log.times_off') : t('log.times')}
        </MenuItem>
      </Menu>
      <Copy text={text()} label={chosen ? t('log.copy_lines', { count: selected.length }) : t('log.copy')} />
      <Menu
        trigger={
          <button type="button" className={buttonClass('quiet', true)}>
            <Download size={14} aria-hidden="true" />
            {t('log.download')}
          </button>
        }
      >
        <MenuItem render={<a href={logUrl(address, '/raw', { form: 'text' })} download />}>
          {t('log.download_text')}
        </MenuItem>
        <MenuItem render={<a href={logUrl(address, '/raw')} download />}>
          {t('log.download_lines', { size: format.bytes(props.size) })}
        </MenuItem>
        {chosen && <MenuLine />}
        {chosen && <MenuItem onClick={() => props.onChoose(null)}>{t('log.unchoose')}</MenuItem>}
      </Menu>
      <IconButton label={full ? t('log.full_off') : t('log.full')} onClick={props.onFull}>
        {full ? <Minimize2 size={15} aria-hidden="true" /> : <Maximize2 size={15} aria-hidden="true" />}
      </IconButton>
    </div>
  )
}

function Search({ find, regex, onFind, searchBox, wrong, found, place, size, onStep, onLines, name }: Props) {
  const { t } = useTranslation('task')
  const format = useFormat()
  const [typed, setTyped] = useState(find)
  useEffect(() => setTyped(find), [find])
  useEffect(() => {
    if (typed === find) return
    const timer = setTimeout(() => onFind(typed, regex), 250)
    return () => clearTimeout(timer)
  }, [typed, find, regex, onFind])
  const count = found ? `${format.count(found.offsets.length)}${found.offsets.length >= 10_000 ? '+' : ''}` : ''
  const said = !found
    ? ''
    : found.offsets.length === 0
      ? found.complete
        ? t('log.find_nothing')
        : t('log.find_looking', { part: format.percent(size > 0 ? found.scanned / size : 0) })
      : place >= 0
        ? t('log.find_at', { place: format.count(place + 1), shown: count })
        : t('log.find_count', { shown: count, count: found.offsets.length })
  const inside = wrong ? '' : said
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1">
      <span className="relative flex min-w-0 flex-wrap items-center gap-1">
        <input
          ref={searchBox}
          type="search"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault()
              if (typed === find) onStep(event.shiftKey ? -1 : 1)
              else onFind(typed, regex)
            } else if (event.key === 'Escape') {
              // what is looked for stays, so that `n` and `p` go on; the browser would empty the field
              event.preventDefault()
              event.stopPropagation()
              if (typed !== find) onFind(typed, regex)
              onLines()
            }
          }}
          aria-label={t('log.find', { name })}
          aria-invalid={wrong !== null || undefined}
          placeholder={t('log.find_hint')}
          className="field h-7! min-h-7! w-44"
          // what is said of it stands in the field: the bar does not move while somebody types
          style={inside ? { paddingInlineEnd: `${inside.length * 0.9 + 1.5}ch` } : undefined}
        />
        <span
          role="status"
          className={clsx(
            'text-sm',
            wrong ? 'text-danger' : 'pointer-events-none absolute end-2 text-ink-2 tabular-nums',
          )}
        >
          {wrong ? t('log.find_wrong') : said}
        </span>
      </span>
      <button
        type="button"
        aria-pressed={regex}
        aria-label={t('log.regex')}
        title={t('log.regex')}
        className={clsx('h-7 rounded-md border px-1.5 font-mono text-sm', toggle(regex))}
        onClick={() => onFind(typed, !regex)}
      >
        .*
      </button>
      <IconButton
        label={t('log.find_before')}
        className="size-7!"
        disabled={!found?.offsets.length}
        onClick={() => onStep(-1)}
      >
        <ChevronUp size={15} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t('log.find_next')}
        className="size-7!"
        disabled={!found?.offsets.length}
        onClick={() => onStep(1)}
      >
        <ChevronDown size={15} aria-hidden="true" />
      </IconButton>
    </div>
  )
}

function toggle(on: boolean): string {
  return on ? 'border-brand bg-brand-soft text-ink' : 'border-line-strong text-ink-2 hover:bg-hover'
}

/** Levels that do not occur have no button; all on is no filter. */
function Levels({ levels, onLevels, counts, counted }: Props) {
  const { t } = useTranslation('task')
  const format = useFormat()
  if (!counts) return null
  const there = LEVELS.filter((level) => (counts[level] ?? 0) > 0)
  if (there.length === 0) return null
  const on = (level: Level) => levels === undefined || levels.includes(level)
  const turn = (level: Level) => {
    const next = LEVELS.filter((one) => (one === level ? !on(one) : on(one)))
    onLevels(there.every((one) => next.includes(one)) || next.length === 0 ? undefined : next)
  }
  return (
    <fieldset aria-label={t('log.levels')} className="mx-1 flex flex-wrap gap-1">
      {there.map((level) => (
        <button
          key={level}
          type="button"
          aria-pressed={on(level)}
          className={clsx('h-7 rounded-md border px-2 text-sm', toggle(on(level)))}
          onClick={() => turn(level)}
        >
          {t(`log.level.${level}`)} <span>{`${format.short(counts[level] ?? 0)}${counted ? '' : '+'}`}</span>
        </button>
      ))}
    </fieldset>
  )
}

function GoToLine({ onLine, lines }: { onLine: (line: number) => void; lines: number }) {
  const { t } = useTranslation('task')
  return (
    <form
      className="max-sm:hidden"
      onSubmit={(event) => {
        event.preventDefault()
        const line = Number(new FormData(event.currentTarget).get('line'))
        if (line >= 1) onLine(line)
      }}
    >
      <input
        name="line"
        type="number"
        min={1}
        max={lines || undefined}
        aria-label={t('log.go_to_line')}
        placeholder={t('log.go_to_line')}
        className="field h-7! min-h-7! w-24"
      />
    </form>
  )
}
