/** What ended a try: class, message, the user's frames, and the way to the line in the log. */
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/button'
import { Copy } from '@/components/copy'
import { Scrolled } from '@/components/scrolled'
import { Trace } from './trace'
import type { LogRecord } from './types'

export function ErrorCard({ name, record, onShow }: { name: string; record: LogRecord; onShow: () => void }) {
  const { t } = useTranslation('task')
  const detail = record.error_detail?.[0]
  if (!detail) return null
  const type = String(detail.exc_type ?? '')
  const value = String(detail.exc_value ?? '')
  const trace = String(detail.traceback ?? '')
  return (
    <section aria-label={t('log.error', { name })} className="card mb-3 border-danger">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-1 border-line border-b px-4 py-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-danger">{type}</h2>
          <p className="max-h-20 overflow-y-auto break-words whitespace-pre-wrap">{value}</p>
        </div>
        <div className="flex gap-1">
          <Copy text={trace || `${type}: ${value}`} label={t('log.copy_trace')} />
          <Button small onClick={onShow}>
            {t('log.show_line')}
          </Button>
        </div>
      </header>
      {trace && (
        <Scrolled label={t('log.trace', { name })} className="max-h-40 px-4 py-2 text-sm">
          <Trace text={withoutEnd(trace, type, value)} />
        </Scrolled>
      )}
    </section>
  )
}

/** The card's head says what the exception is: it is not said twice. */
function withoutEnd(trace: string, type: string, value: string): string {
  const end = trace.trimEnd()
  const last = value ? `${type}: ${value.trimEnd()}` : type
  const at = end.lastIndexOf(`\n`, end.length - last.length)
  return end.endsWith(last) && at >= 0 ? end.slice(0, at) : end
}
