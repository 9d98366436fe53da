/** Configuration: what counts now, what it would be otherwise, and where it was set; secrets are not among it. */
import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { matching } from '@/admin/settings'
import { $api, ApiError, type Schemas } from '@/api/client'
import { Empty } from '@/components/empty'
import { Problem } from '@/components/failure'
import { Check } from '@/components/field'
import { Section } from '@/components/page'
import { SearchBox } from '@/components/search-box'
import { Lines } from '@/components/skeleton'
import { Table } from '@/components/table'
import { worded } from '@/components/wrong'
import { one, text } from '@/lib/search'

type Setting = Schemas['SettingPart']

export const Route = createFileRoute('/_app/admin/config')({
  validateSearch: (search): { q?: string; show?: 'changed' } => ({
    ...text(search, 'q'),
    ...one(search, 'show', ['changed']),
  }),
  component: Configuration,
})

function Configuration() {
  const { t } = useTranslation('admin')
  const { q = '', show } = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const { data, error } = useQuery($api.queryOptions('get', '/api/tradewind/config', {}))
  if (error instanceof ApiError && error.status === 403) {
    return (
      <Section title={t('tab.config')}>
        <Empty title={t('config.hidden')}>
          <span className="inline-block first-letter:uppercase">{worded(error)}</span>
        </Empty>
      </Section>
    )
  }
  if (!data) return error ? <Problem error={error} /> : <Lines />
  const rows = matching(data.settings, q, show === 'changed')
  const changed = data.settings.filter((setting) => setting.changed).length
  return (
    <Section
      title={t('tab.config')}
      extra={
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
          <Check
            label={t('config.changed_only', { count: changed })}
            checked={show === 'changed'}
            onChange={(event) =>
              void navigate({
                search: ({ show: _, ...before }) => (event.target.checked ? { ...before, show: 'changed' } : before),
                replace: true,
              })
            }
          />
          <SearchBox
            label={t('config.find')}
            value={q}
            onChange={(wanted) =>
              void navigate({
                search: ({ q: _, ...before }) => (wanted ? { ...before, q: wanted } : before),
                replace: true,
              })
            }
          />
        </div>
      }
    >
      {rows.length === 0 ? (
        <Empty title={q ? t('nothing', { text: q }) : t('config.all_default')} />
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
                <>
                  <code className="wrap-anywhere">
                    <span className="text-ink-2 md:hidden">{row.section}.</span>
                    {row.key}
                  </code>
                  {row.aliases.map((alias) => (
                    <code key={alias} className="block text-sm text-ink-2 wrap-anywhere">
                      {alias}
                    </code>
                  ))}
                </>
              ),
            },
            {
              key: 'value',
              head: t('config.value'),
              cell: (row) => (
                <>
                  <code className={row.changed ? 'font-semibold break-all' : 'break-all'}>{row.value || '–'}</code>
                  <span className="block text-sm md:hidden">
                    <Origin setting={row} />
                  </span>
                </>
              ),
            },
            {
              key: 'default',
              head: t('config.default'),
              cell: (row) => <code className="break-all text-ink-2">{row.default || '–'}</code>,
              wideOnly: true,
            },
            { key: 'origin', head: t('config.origin'), cell: (row) => <Origin setting={row} />, wideOnly: true },
          ]}
        />
      )}
    </Section>
  )
}

function Origin({ setting }: { setting: Setting }) {
  const { t } = useTranslation('admin')
  return (
    <span className="text-ink-2">
      {t(`config.from.${setting.origin}`)} {setting.where && <code className="break-all">{setting.where}</code>}
    </span>
  )
}
