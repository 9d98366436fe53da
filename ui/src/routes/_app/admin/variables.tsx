/** Variables: what DAGs read by name. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { type EditorProps, useKept } from '@/admin/kept'
import { $api, api, type Schemas } from '@/api/client'
import { Empty } from '@/components/empty'
import { TextArea, TextField } from '@/components/field'
import { FormDialog, textOf } from '@/components/form-dialog'
import { Section } from '@/components/page'
import { Pager } from '@/components/pager'
import { SearchBox } from '@/components/search-box'
import { Table } from '@/components/table'
import { listSearch } from '@/lib/search'

type Variable = Schemas['VariableResponse']
const LIMIT = 50

export const Route = createFileRoute('/_app/admin/variables')({ validateSearch: listSearch, component: Variables })

function query(q: string, offset: number) {
  const pattern = q ? { variable_key_pattern: `%${q}%` } : {}
  return $api.queryOptions('get', '/api/v2/variables', {
    params: { query: { limit: LIMIT, offset, order_by: ['key'], ...pattern } },
  })
}

function Variables() {
  const { t } = useTranslation(['admin', 'common'])
  const { q = '', offset = 0 } = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const { data } = useSuspenseQuery(query(useDeferredValue(q), useDeferredValue(offset)))
  const { add, column, dialogs } = useKept<Variable>({
    kind: 'variables',
    nameOf: (row) => row.key,
    remove: (name) => api.DELETE('/api/v2/variables/{variable_key}', { params: { path: { variable_key: name } } }),
    Editor,
  })
  return (
    <Section
      title={t('tab.variables')}
      extra={
        <>
          <SearchBox
            label={t('variables.find')}
            value={q}
            onChange={(text) => void navigate({ search: text ? { q: text } : {}, replace: true })}
          />
          {add}
        </>
      }
    >
      {data.variables.length === 0 ? (
        <Empty title={q ? t('nothing', { text: q }) : t('variables.none')}>{!q && t('variables.what')}</Empty>
      ) : (
        <Table
          label={t('tab.variables')}
          rows={data.variables}
          rowKey={(row) => row.key}
          columns={[
            { key: 'key', head: t('variables.key'), cell: (row) => <code className="break-all">{row.key}</code> },
            {
              key: 'value',
              head: t('variables.value'),
              cell: (row) => (
                <code title={row.value} className="line-clamp-2 min-w-24 wrap-anywhere">
                  {row.value}
                </code>
              ),
              className: 'md:w-1/2',
            },
            { key: 'description', head: t('description'), cell: (row) => row.description, wideOnly: true },
            column,
          ]}
        />
      )}
      <Pager
        offset={offset}
        limit={LIMIT}
        total={data.total_entries}
        onGo={(to) => void navigate({ search: (before) => ({ ...before, offset: to }) })}
      />
      {dialogs}
    </Section>
  )
}

function Editor({ row: variable, onClose, onSaved }: EditorProps<Variable>) {
  const { t } = useTranslation(['admin', 'common'])
  const send = async (form: FormData) => {
    const key = variable?.key ?? String(form.get('key'))
    const body = { key, value: String(form.get('value')), description: textOf(form, 'description') }
    if (variable === null) await api.POST('/api/v2/variables', { body })
    else await api.PATCH('/api/v2/variables/{variable_key}', { params: { path: { variable_key: key } }, body })
    await onSaved(key)
  }
  return (
    <FormDialog
      title={variable ? t('variables.edit', { name: variable.key }) : t('variables.add')}
      send={send}
      onClose={onClose}
    >
      {variable === null && <TextField label={t('variables.key')} name="key" required maxLength={250} autoFocus />}
      <TextArea
        label={t('variables.value')}
        name="value"
        defaultValue={variable?.value ?? ''}
        className="font-mono"
        hint={t('variables.value_hint')}
        rows={6}
      />
      <TextField label={t('description')} name="description" defaultValue={variable?.description ?? ''} />
    </FormDialog>
  )
}
