/** Configuration: what counts now, by section; secrets are not among it. */
import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api, ApiError } from '@/api/client'
import { Empty } from '@/components/empty'
import { Problem } from '@/components/failure'
import { Section } from '@/components/page'
import { SearchBox } from '@/components/search-box'
import { Lines } from '@/components/skeleton'
import { Table } from '@/components/table'
import { listSearch } from '@/lib/search'

export const Route = createFileRoute('/_app/admin/config')({ validateSearch: listSearch, component: Configuration })

function Configuration() {
  const { t } = useTranslation('admin')
  const { q = '' } = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const { data, error } = useQuery($api.queryOptions('get', '/api/v2/config', {}))
  if (error instanceof ApiError && error.status === 403) {
    return (
      <Section title={t('tab.config')}>
        <Empty title={t('config.hidden')}>{error.message}</Empty>
      </Section>
    )
  }
  if (typeof data !== 'object') return error ? <Problem error={error} /> : <Lines />
  const wanted = q.toLowerCase()
  const rows = data.sections.flatMap((section) =>
    section.options
      .map((option) => ({ section: section.name, key: option.key, value: String(option.value) }))
      .filter((row) => `${row.section}.${row.key} ${row.value}`.toLowerCase().includes(wanted)),
  )
  return (
    <Section
      title={t('tab.config')}
      extra={
        <SearchBox
          label={t('config.find')}
          value={q}
          onChange={(text) => void navigate({ search: text ? { q: text } : {}, replace: true })}
        />
      }
    >
      {rows.length === 0 ? (
        <Empty title={t('nothing', { text: q })} />
      ) : (
        <Table
          label={t('tab.config')}
          rows={rows}
          rowKey={(row) => `${row.section}.${row.key}`}
          columns={[
            { key: 'section', head: t('config.section'), cell: (row) => <code>{row.section}</code>, wideOnly: true },
            {
              key: 'key',
              head: t('config.key'),
              cell: (row) => (
                <code className="wrap-anywhere">
                  <span className="text-ink-2 md:hidden">{row.section}.</span>
                  {row.key}
                </code>
              ),
            },
            { key: 'value', head: t('config.value'), cell: (row) => <code className="break-all">{row.value}</code> },
          ]}
        />
      )}
    </Section>
  )
}
