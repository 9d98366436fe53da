/** What ended a try: class, message, the exact line of the user and of what caused it; the whole traceback on demand. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/button'
import { Copy } from '@/components/copy'
import { Scrolled } from '@/components/scrolled'
import { culprit, parseTrace, type TracePart } from './frames'
import { FrameLine, Trace } from './trace'
import type { LogRecord } from './types'

export function ErrorCard({ name, record, onShow }: { name: string; record: LogRecord; onShow: () => void }) {
  const { t } = useTranslation('task')
  const [whole, setWhole] = useState(false)
  const detail = record.error_detail?.[0]
  if (!detail) return null
  const type = String(detail.exc_type ?? '')
  const value = String(detail.exc_value ?? '')
  const trace = String(detail.traceback ?? '')
  const parts = parseTrace(trace)
  return (
    <section aria-label={t('log.error', { name })} className="card mb-3 border-danger">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-1 border-line border-b px-4 py-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-danger">{type}</h2>
          <p className="max-h-20 overflow-y-auto break-words whitespace-pre-wrap">{value}</p>
        </div>
        <div className="flex flex-wrap gap-1">
          <Copy text={trace || `${type}: ${value}`} label={t('log.copy_trace')} />
          {trace && (
            <Button small look="quiet" aria-expanded={whole} onClick={() => setWhole(!whole)}>
              {whole ? t('log.trace_less') : t('log.trace_whole')}
            </Button>
          )}
          <Button small onClick={onShow}>
            {t('log.show_line')}
          </Button>
        </div>
      </header>
      {trace && (
        <Scrolled label={t('log.trace', { name })} className="max-h-60 px-4 py-2 text-sm">
          {whole ? <Trace text={trace} /> : <Culprits parts={parts} />}
        </Scrolled>
      )}
    </section>
  )
}

/** Where it was raised, then what caused it: the nearest cause first. */
function Culprits({ parts }: { parts: TracePart[] }) {
  const { t } = useTranslation('task')
  const last = parts.at(-1)
  const raised = last && culprit(last.frames)
  const before = parts.slice(0, -1).reverse()
  return (
    <ol className="space-y-1">
      {raised && <FrameLine frame={raised} />}
      {before.map((part, index) => {
        const frame = culprit(part.frames)
        const tie = parts[parts.length - 1 - index]?.tie
        return (
          <li key={index}>
            <p className="text-danger">
              <span className="text-ink-2">{tie === 'during' ? t('log.while') : t('log.caused_by')}</span>{' '}
              <span className="font-mono break-words">{part.error.split('\n')[0]}</span>
            </p>
            {frame && (
              <ol>
                <FrameLine frame={frame} />
              </ol>
            )}
          </li>
        )
      })}
    </ol>
  )
}
