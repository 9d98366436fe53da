/** Connections: addresses and credentials under one name. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { TestAnswer, TestButton, useConnectionTest } from '@/admin/connection-test'
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

type Connection = Schemas['ConnectionResponse']
const LIMIT = 50

export const Route = createFileRoute('/_app/admin/connections')({ validateSearch: listSearch, component: Connections })

function query(q: string, offset: number) {
  const pattern = q ? { connection_id_pattern: `%${q}%` } : {}
  return $api.queryOptions('get', '/api/v2/connections', {
    params: { query: { limit: LIMIT, offset, order_by: ['connection_id'], ...pattern } },
  })
}

function Connections() {
  const { t } = useTranslation(['admin', 'common'])
  const { q = '', offset = 0 } = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const { data } = useSuspenseQuery(query(useDeferredValue(q), useDeferredValue(offset)))
  const { add, column, dialogs } = useKept<Connection>({
    kind: 'connections',
    nameOf: (row) => row.connection_id,
    remove: (name) => api.DELETE('/api/v2/connections/{connection_id}', { params: { path: { connection_id: name } } }),
    Editor,
  })
  return (
    <Section
      title={t('tab.connections')}
      extra={
        <>
          <SearchBox
            label={t('connections.find')}
            value={q}
            onChange={(text) => void navigate({ search: text ? { q: text } : {}, replace: true })}
          />
          {add}
        </>
      }
    >
      {data.connections.length === 0 ? (
        <Empty title={q ? t('nothing', { text: q }) : t('connections.none')}>{!q && t('connections.what')}</Empty>
      ) : (
        <Table
          label={t('tab.connections')}
          rows={data.connections}
          rowKey={(row) => row.connection_id}
          columns={[
            {
              key: 'id',
              head: t('connections.id'),
              cell: (row) => (
                <>
                  <code className="break-all">{row.connection_id}</code>
                  <span className="block text-sm text-ink-2 md:hidden">{row.conn_type}</span>
                </>
              ),
            },
            { key: 'type', head: t('connections.type'), cell: (row) => row.conn_type, wideOnly: true },
            {
              key: 'host',
              head: t('connections.host'),
              cell: (row) => (
                <span className="block min-w-24 wrap-anywhere">{[row.host, row.port].filter(Boolean).join(':')}</span>
              ),
            },
            { key: 'login', head: t('connections.login'), cell: (row) => row.login, wideOnly: true },
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

function Editor({ row: connection, onClose, onSaved }: EditorProps<Connection>) {
  const { t } = useTranslation(['admin', 'common'])
  const tested = useConnectionTest()
  const bodyOf = (form: FormData) => {
    const port = textOf(form, 'port')
    return {
      connection_id: connection?.connection_id ?? String(form.get('id')),
      conn_type: String(form.get('type')),
      description: textOf(form, 'description'),
      host: textOf(form, 'host'),
      login: textOf(form, 'login'),
      schema: textOf(form, 'schema'),
      port: port === null ? null : Number(port),
      password: textOf(form, 'password'),
      extra: textOf(form, 'extra'),
    }
  }
  const send = async (form: FormData) => {
    const body = bodyOf(form)
    const { connection_id, password } = body
    if (connection === null) await api.POST('/api/v2/connections', { body })
    else {
      const given = Object.keys(body).filter(
        (name) => name !== 'connection_id' && (name !== 'password' || password !== null),
      )
      await api.PATCH('/api/v2/connections/{connection_id}', {
        params: { path: { connection_id }, query: { update_mask: given } },
        body,
      })
    }
    await onSaved(connection_id)
  }
  const of = (value: string | number | null | undefined) => value ?? ''
  return (
    <FormDialog
      title={connection ? t('connections.edit', { name: connection.connection_id }) : t('connections.add')}
      send={send}
      onClose={onClose}
      aside={(read) => (
        <TestButton
          busy={tested.busy}
          onTest={() => {
            const form = read()
            if (form === null) return
            const { password, ...body } = bodyOf(form)
            // a password that is not typed is the one that is kept
            void tested.test(password === null ? body : { ...body, password })
          }}
        />
      )}
    >
      {connection === null && (
        <TextField label={t('connections.id')} name="id" required maxLength={200} pattern="[\w.\-]+" autoFocus />
      )}
      <TextField
        label={t('connections.type')}
        name="type"
        required
        defaultValue={of(connection?.conn_type)}
        hint={t('connections.type_hint')}
      />
      <TextField label={t('description')} name="description" defaultValue={of(connection?.description)} />
      <div className="grid gap-3 sm:grid-cols-[1fr_7rem]">
        <TextField label={t('connections.host')} name="host" defaultValue={of(connection?.host)} />
        <TextField
          label={t('connections.port')}
          name="port"
          type="number"
          min={0}
          max={65535}
          defaultValue={of(connection?.port)}
        />
      </div>
      <TextField label={t('connections.schema')} name="schema" defaultValue={of(connection?.schema)} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t('connections.login')}
          name="login"
          autoComplete="off"
          defaultValue={of(connection?.login)}
        />
        <TextField
          label={t('connections.password')}
          name="password"
          type="password"
          autoComplete="new-password"
          hint={connection ? t('connections.password_hint') : undefined}
        />
      </div>
      <TextArea
        label={t('connections.extra')}
        name="extra"
        defaultValue={of(connection?.extra)}
        className="font-mono"
        hint={t('connections.extra_hint')}
      />
      <TestAnswer {...tested} />
    </FormDialog>
  )
}
