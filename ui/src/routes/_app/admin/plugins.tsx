/** Plugins: what was found, what each adds, and what did not load. */
import { useSuspenseQueries } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { Empty } from '@/components/empty'
import { Section } from '@/components/page'
import { useTold } from '@/components/sentence'
import { Table } from '@/components/table'

const found = $api.queryOptions('get', '/api/v2/plugins', { params: { query: { limit: 100 } } })
const broken = $api.queryOptions('get', '/api/v2/plugins/importErrors', {})

export const Route = createFileRoute('/_app/admin/plugins')({ component: Plugins })

const PARTS = ['macros', 'operator_extra_links', 'global_operator_extra_links', 'listeners', 'timetables'] as const

function Plugins() {
  const { t } = useTranslation('admin')
  const told = useTold()
  const [{ data }, { data: errors }] = useSuspenseQueries({ queries: [found, broken] })
  const adds = (plugin: Schemas['PluginResponse']) => PARTS.flatMap((part) => plugin[part])
  return (
    <div className="grid gap-4">
      {errors.import_errors.length > 0 && (
        <Section title={t('plugins.broken')}>
          <ul className="space-y-3 p-4">
            {errors.import_errors.map((error) => (
              <li key={error.source}>
                <code className="font-semibold">{error.source}</code>
                <pre className="mt-1 overflow-x-auto rounded-md bg-danger-soft p-3 text-sm text-danger">
                  {told(error.error)}
                </pre>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('tab.plugins')}>
        {data.plugins.length === 0 ? (
          <Empty title={t('plugins.none')}>{t('plugins.what')}</Empty>
        ) : (
          <Table
            label={t('tab.plugins')}
            rows={data.plugins}
            rowKey={(row) => row.name}
            columns={[
              { key: 'name', head: t('plugins.name'), cell: (row) => <code>{row.name}</code> },
              {
                key: 'adds',
                head: t('plugins.adds'),
                cell: (row) => (
                  <ul>
                    {adds(row).map((part) => (
                      <li key={part}>
                        <code className="break-all">{part}</code>
                      </li>
                    ))}
                  </ul>
                ),
              },
              {
                key: 'source',
                head: t('plugins.source'),
                cell: (row) => <code className="break-all">{row.source}</code>,
                wideOnly: true,
              },
            ]}
          />
        )}
      </Section>
    </div>
  )
}
