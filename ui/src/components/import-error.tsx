/** A file that does not load: what is wrong, and the whole traceback for those who ask.  Used by Home and the DAG list. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { Problem } from './failure'
import { Told } from './sentence'
import { Lines } from './skeleton'

type Facts = Pick<Schemas['ImportErrorFacts'], 'id' | 'relative_fileloc' | 'line' | 'message'>

export function ImportError({ error }: { error: Facts }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <span className="font-semibold break-words">
        {error.line === null
          ? t('import_error.file', { file: error.relative_fileloc })
          : t('import_error.line', { file: error.relative_fileloc, line: error.line })}
      </span>
      <div className="text-sm text-ink-2">
        <Told text={error.message} />
        <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="mt-1">
          <summary className="min-h-6 w-fit cursor-pointer">{t('import_error.whole')}</summary>
          {open && <Whole id={error.id} />}
        </details>
      </div>
    </>
  )
}

/** Without the message, which is there already. */
function traceback({ stack_trace, message }: Schemas['ImportErrorResponse']): string {
  const at = message ? stack_trace.indexOf(message) : -1
  return at < 0 ? stack_trace : stack_trace.slice(at + message.length).trim()
}

function Whole({ id }: { id: number }) {
  const { t } = useTranslation()
  const { data, error } = useQuery({
    ...$api.queryOptions('get', '/api/v2/importErrors/{import_error_id}', {
      params: { path: { import_error_id: id } },
    }),
    meta: { topics: ['imports'] },
  })
  if (error) return <Problem error={error} />
  if (!data) return <Lines count={3} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre tabIndex={0} className="mt-1 max-h-80 overflow-auto rounded-md bg-sunken p-3 text-xs text-ink">
      {traceback(data) || t('import_error.none')}
    </pre>
  )
}
