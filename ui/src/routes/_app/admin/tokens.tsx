/** Tokens of machines: made here, shown once, revoked here. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RightsField, RightsWords, readRights } from '@/access/rights-field'
import { $api, api, type Schemas } from '@/api/client'
import { useSession } from '@/app/session'
import { Button } from '@/components/button'
import { Confirm } from '@/components/confirm'
import { Copy } from '@/components/copy'
import { Dialog } from '@/components/dialog'
import { Empty } from '@/components/empty'
import { Choice, TextField } from '@/components/field'
import { FormDialog } from '@/components/form-dialog'
import { Section } from '@/components/page'
import { Table } from '@/components/table'
import { Ago, Time } from '@/components/time'
import { say } from '@/components/toast'

type Token = Schemas['TokenResponse']
const DAY = 86_400_000

export const Route = createFileRoute('/_app/admin/tokens')({ component: Tokens })

const query = $api.queryOptions('get', '/api/tradewind/tokens', { params: { query: { limit: 500 } } })

function Tokens() {
  const { t } = useTranslation(['access', 'admin', 'common'])
  const { data } = useSuspenseQuery(query)
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<Schemas['NewTokenResponse'] | null>(null)
  const [revoked, setRevoked] = useState<Token | null>(null)
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['get', '/api/tradewind/tokens'] })
  return (
    <Section
      title={t('admin:tab.tokens')}
      extra={
        <>
          <Link to="/docs">{t('common:palette.page.docs')}</Link>
          <Button look="primary" small icon={<Plus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>
            {t('token.add')}
          </Button>
        </>
      }
    >
      {data.tokens.length === 0 ? (
        <Empty title={t('token.none')}>{t('token.none_hint')}</Empty>
      ) : (
        <Table
          label={t('admin:tab.tokens')}
          rows={data.tokens}
          rowKey={(row) => row.id}
          columns={[
            {
              key: 'name',
              head: t('token.name'),
              cell: (row) => (
                <>
                  <b>{row.name}</b> <code className="text-ink-2">{row.hint}…</code>
                </>
              ),
            },
            { key: 'user', head: t('user.name'), cell: (row) => row.username },
            { key: 'scope', head: t('token.scope'), cell: (row) => t(`scope.${row.scope}`) },
            {
              key: 'dags',
              head: t('dags'),
              wideOnly: true,
              cell: (row) => <RightsWords limited={row.dag_limited} rights={row.dags} />,
            },
            {
              key: 'until',
              head: t('token.until'),
              cell: (row) =>
                row.revoked_at ? (
                  t('token.revoked')
                ) : row.expires_at ? (
                  <Time at={row.expires_at} />
                ) : (
                  t('token.forever')
                ),
            },
            {
              key: 'used',
              head: t('token.used'),
              cell: (row) => (row.last_used_at ? <Ago at={row.last_used_at} /> : t('token.never')),
            },
            {
              key: 'do',
              head: <span className="visually-hidden">{t('admin:do')}</span>,
              className: 'text-end',
              cell: (row) =>
                row.revoked_at ? null : (
                  <Button
                    small
                    look="quiet"
                    aria-label={t('token.revoke_what', { name: row.name })}
                    onClick={() => setRevoked(row)}
                  >
                    {t('token.revoke')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {adding && (
        <Editor
          onClose={() => setAdding(false)}
          onMade={(token) => {
            setMade(token)
            return refresh()
          }}
        />
      )}
      {made && (
        <Dialog
          open
          onOpenChange={(open) => !open && setMade(null)}
          title={t('token.made', { name: made.name })}
          description={t('token.once')}
          footer={
            <Button look="primary" onClick={() => setMade(null)}>
              {t('token.kept')}
            </Button>
          }
        >
          <p className="flex items-center gap-2">
            <code className="min-w-0 break-all">{made.token}</code>
            <Copy text={made.token} label={t('token.copy')} />
          </p>
        </Dialog>
      )}
      {revoked && (
        <Confirm
          title={t('token.revoke')}
          word={t('token.revoke')}
          danger
          onClose={() => setRevoked(null)}
          act={async () => {
            const path = { token_id: revoked.id }
            await api.DELETE('/api/tradewind/tokens/{token_id}', { params: { path } })
            say(t('token.is_revoked', { name: revoked.name }))
            await refresh()
          }}
        >
          <p>{t('token.revoke_why', { name: revoked.name })}</p>
        </Confirm>
      )}
    </Section>
  )
}

type EditorProps = { onClose: () => void; onMade: (token: Schemas['NewTokenResponse']) => Promise<unknown> }

function Editor({ onClose, onMade }: EditorProps) {
  const { t } = useTranslation('access')
  const session = useSession()
  const scopes = (['read', 'run', 'operate', 'admin'] as const).filter((scope) => session.may[scope])
  const send = async (form: FormData) => {
    const { limited, rights } = readRights(form, (line) => t('wrong_line', { line }))
    const days = Number(form.get('days'))
    const { data } = await api.POST('/api/tradewind/tokens', {
      body: {
        name: String(form.get('name')),
        scope: String(form.get('scope')) as Token['scope'],
        expires_at: days > 0 ? new Date(Date.now() + days * DAY).toISOString() : null,
        dags: limited ? rights : null,
        username: session.no_auth ? String(form.get('username')) : null,
      },
    })
    if (data) await onMade(data)
  }
  return (
    <FormDialog title={t('token.add')} word={t('token.make')} send={send} onClose={onClose}>
      <TextField label={t('token.name')} hint={t('token.name_hint')} name="name" required maxLength={250} autoFocus />
      {session.no_auth && <TextField label={t('user.name')} name="username" required maxLength={250} />}
      <Choice
        label={t('token.scope')}
        name="scope"
        defaultValue="read"
        options={scopes.map((scope) => [scope, t(`scope.${scope}`)] as const)}
      />
      <Choice
        label={t('token.until')}
        name="days"
        defaultValue="90"
        options={[
          ...[7, 30, 90, 365].map((count) => [String(count), t('token.days', { count })] as const),
          ['0', t('token.forever')] as const,
        ]}
      />
      <RightsField limited={false} rights={[]} />
    </FormDialog>
  )
}
