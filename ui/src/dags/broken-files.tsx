/** The files of the DAG folder that do not load: that there are some, and each with its traceback. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { $api } from '@/api/client'
import { useSession } from '@/app/session'
import { ImportError } from '@/components/import-error'
import { Section } from '@/components/page'

const LIMIT = 50

/** A line that leads to them; nothing when every file loads. */
export function BrokenNotice() {
  const { t } = useTranslation('dags')
  const { import_errors } = useSession().counts
  if (import_errors === 0) return null
  return (
    <p className="mb-3 flex flex-wrap items-center gap-x-2 rounded-md bg-danger-soft px-3 py-2 text-danger">
      <TriangleAlert size={15} aria-hidden="true" />
      {t('broken_files', { count: import_errors })}
      <Link to="/dags" search={{ show: 'broken' }} className="text-danger underline">
        {t('broken_show')}
      </Link>
    </p>
  )
}

export function BrokenFiles() {
  const { t } = useTranslation('dags')
  const { data } = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/v2/importErrors', { params: { query: { limit: LIMIT } } }),
    meta: { topics: ['imports'] },
  })
  if (data.total_entries === 0) return null
  return (
    <Section title={t('broken_files', { count: data.total_entries })} className="mb-4">
      <ul>
        {data.import_errors.map((error) => (
          <li key={error.import_error_id} className="border-line border-b px-4 py-2.5 last:border-b-0">
            <ImportError
              error={{
                id: error.import_error_id,
                relative_fileloc: error.filename,
                line: error.line,
                message: error.message,
              }}
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}
