/** Providers: the packages that are installed for DAGs. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { $api } from '@/api/client'
import { Empty } from '@/components/empty'
import { Section } from '@/components/page'
import { Table } from '@/components/table'

const query = $api.queryOptions('get', '/api/v2/providers', { params: { query: { limit: 100 } } })

export const Route = createFileRoute('/_app/admin/providers')({ component: Providers })

function Providers() {
  const { t } = useTranslation('admin')
  const { data } = useSuspenseQuery(query)
  return (
    <Section title={t('tab.providers')}>
      {data.providers.length === 0 ? (
        <Empty title={t('providers.none')}>
          {t('providers.what')} <code>pip install apache-airflow-providers-http</code>
        </Empty>
      ) : (
        <Table
          label={t('tab.providers')}
          rows={data.providers}
          rowKey={(row) => row.package_name}
          columns={[
            {
              key: 'name',
              head: t('providers.name'),
              cell: (row) => <code className="break-all">{row.package_name}</code>,
            },
            { key: 'version', head: t('providers.version'), cell: (row) => row.version },
            { key: 'description', head: t('description'), cell: (row) => row.description, wideOnly: true },
          ]}
        />
      )}
    </Section>
  )
}
