/** One line of a log. */
import clsx from 'clsx'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { JsonTree } from '@/components/json-tree'
import { useFormat } from '@/format/use-format'
import { pieces, plain } from './ansi'
import type { Row as RowData } from './folds'
import { cut, type Matcher } from './search'
import { structured } from './structured'
import { Trace } from './trace'
import { type Level, type LogRecord, levelOf } from './types'

const LONG = 30
const LEVEL_CLASS: Record<Level, string> = {
  debug: 'text-ink-3',
  info: '',
  warning: 'text-warning',
  error: 'text-danger',
  critical: 'text-danger font-bold',
}
const INDENT = ['', 'ps-4', 'ps-8', 'ps-12', 'ps-16']

type Props = {
  row: RowData
  wrap: boolean
  times: boolean
  chosen: boolean
  current: boolean
  matches: Matcher | null
  opened: boolean
  onTurn: (key: number) => void
  onOpen: (key: number) => void
  onLine: (line: number, further: boolean) => void
}

export const Row = memo(function Row(props: Props) {
  const { row, times, chosen, current, onLine } = props
  const { t } = useTranslation('task')
  const format = useFormat()
  const { record } = row
  const level = levelOf(record)
  return (
    <div
      data-line={record.line ?? undefined}
      className={clsx(
        'flex items-baseline gap-2 px-1 font-mono text-sm leading-5 hover:bg-hover',
        (level === 'error' || level === 'critical') && 'bg-danger-soft',
        level === 'warning' && 'bg-warning-soft',
        chosen && 'bg-brand-soft!',
        current && 'outline-2 outline-focus -outline-offset-2',
      )}
    >
      {record.line === null ? (
        <span className="w-8 shrink-0 sm:w-14 text-end text-ink-2">·</span>
      ) : (
        <a
          href={`#L${record.line}`}
          tabIndex={-1}
          aria-label={t('log.line', { line: record.line })}
          className="w-8 shrink-0 sm:w-14 text-end text-ink-2! select-none"
          onClick={(event) => {
            event.preventDefault()
            onLine(record.line ?? 0, event.shiftKey)
          }}
        >
          {record.line}
        </a>
      )}
      {times && (
        <time
          className="w-16 shrink-0 text-ink-2"
          dateTime={record.timestamp ?? undefined}
          title={record.timestamp ? format.exactTime(record.timestamp) : undefined}
        >
          {record.timestamp ? format.clock(record.timestamp) : ''}
        </time>
      )}
      <div className={clsx('min-w-0 flex-1', INDENT[Math.min(row.depth, 4)])}>
        {row.kind === 'group' ? (
          <button
            type="button"
            aria-expanded={!row.folded}
            className="inline-flex items-center gap-1 font-semibold"
            onClick={() => props.onTurn(row.key)}
          >
            {row.folded ? <ChevronRight size={13} aria-hidden="true" /> : <ChevronDown size={13} aria-hidden="true" />}
            {row.name || t('log.group')}
            <span className="font-normal text-ink-2">{t('log.group_lines', { count: row.lines })}</span>
          </button>
        ) : (
          <Said {...props} record={record} level={level} />
        )}
      </div>
    </div>
  )
})

function Said({ record, level, wrap, matches, opened, onOpen, row }: Props & { record: LogRecord; level: Level }) {
  const { t } = useTranslation('task')
  const fields = useMemo(() => structured(plain(record.event)), [record.event])
  const lines = record.event.split('\n')
  const long = lines.length > LONG && !opened
  const text = long ? lines.slice(0, LONG).join('\n') : record.event
  const trace = record.error_detail?.map((error) => String(error.traceback ?? '')).filter(Boolean) ?? []
  const source = [record.logger, record.filename && `${record.filename}:${record.lineno ?? ''}`].filter(Boolean)
  return (
    <>
      <span
        title={source.join(' · ') || undefined}
        className={clsx(wrap ? 'break-words whitespace-pre-wrap' : 'whitespace-pre', level === 'debug' && 'text-ink-2')}
      >
        {level !== 'info' && (
          <span className={clsx('me-2 font-semibold', LEVEL_CLASS[level])}>{t(`log.level.${level}`)}</span>
        )}
        <Text text={text} matches={matches} />
      </span>
      {record.truncated && <em className="ms-2 text-ink-2">{t('log.truncated')}</em>}
      {long && (
        <button type="button" className="ms-2 text-link underline" onClick={() => onOpen(row.key)}>
          {t('log.more_lines', { count: lines.length - LONG })}
        </button>
      )}
      {fields && (
        <button
          type="button"
          aria-expanded={opened}
          className="ms-2 rounded-sm border border-line px-1 text-xs text-link"
          onClick={() => onOpen(row.key)}
        >
          {t('log.fields')}
        </button>
      )}
      {fields && opened && (
        <div className="my-1 rounded-md border border-line bg-surface p-2">
          <JsonTree value={fields.value} />
        </div>
      )}
      {trace.map((one, index) => (
        <div key={index} className="my-1 rounded-md border border-line bg-surface px-2 py-1 text-ink">
          <Trace text={one} />
        </div>
      ))}
    </>
  )
}

function Text({ text, matches }: { text: string; matches: Matcher | null }) {
  const parts = useMemo(() => {
    const of = pieces(text)
    return cut(of, matches ? matches.in(of.map((piece) => piece.text).join('')) : [])
  }, [text, matches])
  return parts.map(({ text: said, of, hit }, index) => {
    const style = {
      ...(of.color ? { color: of.color } : {}),
      ...(of.on ? { background: of.on, color: 'var(--ink)' } : {}),
    }
    const className = clsx(of.bold && 'font-bold', of.faint && 'text-ink-2', of.underline && 'underline')
    return hit ? (
      <mark key={index} className={clsx(className, 'rounded-sm bg-brand text-brand-ink')}>
        {said}
      </mark>
    ) : of.color || of.on || className ? (
      <span key={index} className={className} style={style}>
        {said}
      </span>
    ) : (
      said
    )
  })
}
