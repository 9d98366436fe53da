/** Users and roles: who may log in, what they may do, and with which DAGs. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RightsField, RightsWords, readRights } from '@/access/rights-field'
import { $api, api, type Schemas } from '@/api/client'
import { Button } from '@/components/button'
import { Confirm } from '@/components/confirm'
import { Empty } from '@/components/empty'
import { Choice, TextField } from '@/components/field'
import { FormDialog, textOf } from '@/components/form-dialog'
import { Section } from '@/components/page'
import { Table } from '@/components/table'
import { Time } from '@/components/time'
import { say } from '@/components/toast'

type User = Schemas['UserResponse']
type Role = Schemas['RoleResponse']
const BASES = ['viewer', 'user', 'op', 'admin'] as const

export const Route = createFileRoute('/_app/admin/users')({ component: Users })

const usersQuery = $api.queryOptions('get', '/api/tradewind/users', { params: { query: { limit: 500 } } })
const rolesQuery = $api.queryOptions('get', '/api/tradewind/roles')

function Users() {
  const { t } = useTranslation(['access', 'admin', 'common'])
  const { data } = useSuspenseQuery(usersQuery)
  const { data: known } = useSuspenseQuery(rolesQuery)
  const [edited, setEdited] = useState<User | 'new' | null>(null)
  const [editedRole, setEditedRole] = useState<Role | 'new' | null>(null)
  const [deleted, setDeleted] = useState<{ user: User } | { role: Role } | null>(null)
  const client = useQueryClient()
  const refresh = async (name: string, word: 'admin:saved' | 'admin:gone') => {
    say(t(word, { name }))
    await client.invalidateQueries({ queryKey: ['get', '/api/tradewind/users'] })
    await client.invalidateQueries({ queryKey: ['get', '/api/tradewind/roles'] })
  }
  const plus = <Plus size={14} aria-hidden="true" />
  const doing = (name: string, edit: () => void, remove: () => void) => (
    <>
      <Button small look="quiet" aria-label={t('admin:edit_what', { name })} onClick={edit}>
        {t('admin:edit')}
      </Button>
      <Button small look="quiet" aria-label={t('admin:delete_what', { name })} onClick={remove}>
        {t('common:delete')}
      </Button>
    </>
  )
  const head = <span className="visually-hidden">{t('admin:do')}</span>
  return (
    <div className="flex flex-col gap-4">
      <Section
        title={t('admin:tab.users')}
        extra={
          <Button look="primary" small icon={plus} onClick={() => setEdited('new')}>
            {t('user.add')}
          </Button>
        }
      >
        {data.users.length === 0 && <Empty title={t('user.none')}>{t('user.none_hint')}</Empty>}
        <Table
          label={t('admin:tab.users')}
          className={data.users.length === 0 ? 'hidden' : ''}
          rows={data.users}
          rowKey={(row) => row.username}
          columns={[
            { key: 'name', head: t('user.name'), cell: (row) => <b>{row.username}</b> },
            { key: 'role', head: t('user.role'), cell: (row) => row.role },
            {
              key: 'dags',
              head: t('dags'),
              cell: (row) => <RightsWords limited={row.dag_limited || row.role_limited} rights={row.dags} />,
            },
            { key: 'login', head: t('user.login'), cell: (row) => row.issuer ?? t('user.password'), wideOnly: true },
            { key: 'at', head: t('created'), cell: (row) => <Time at={row.created_at} />, wideOnly: true },
            {
              key: 'do',
              head,
              className: 'text-end whitespace-nowrap',
              cell: (row) =>
                doing(
                  row.username,
                  () => setEdited(row),
                  () => setDeleted({ user: row }),
                ),
            },
          ]}
        />
      </Section>
      <Section
        title={t('role.title')}
        extra={
          <Button small icon={plus} onClick={() => setEditedRole('new')}>
            {t('role.add')}
          </Button>
        }
      >
        <Table
          label={t('role.title')}
          rows={known.roles}
          rowKey={(row) => row.name}
          columns={[
            { key: 'name', head: t('role.name'), cell: (row) => <b>{row.name}</b> },
            { key: 'may', head: t('role.may'), cell: (row) => t(`base.${row.base as (typeof BASES)[number]}`) },
            {
              key: 'dags',
              head: t('dags'),
              cell: (row) => <RightsWords limited={row.dag_limited} rights={row.dags} />,
            },
            {
              key: 'do',
              head,
              className: 'text-end whitespace-nowrap',
              cell: (row) =>
                row.built_in
                  ? null
                  : doing(
                      row.name,
                      () => setEditedRole(row),
                      () => setDeleted({ role: row }),
                    ),
            },
          ]}
        />
      </Section>
      {edited && (
        <UserEditor
          user={edited === 'new' ? null : edited}
          roles={known.roles}
          onClose={() => setEdited(null)}
          onSaved={(name) => refresh(name, 'admin:saved')}
        />
      )}
      {editedRole && (
        <RoleEditor
          role={editedRole === 'new' ? null : editedRole}
          onClose={() => setEditedRole(null)}
          onSaved={(name) => refresh(name, 'admin:saved')}
        />
      )}
      {deleted && (
        <Confirm
          title={
            'user' in deleted
              ? t('user.delete', { name: deleted.user.username })
              : t('role.delete', { name: deleted.role.name })
          }
          word={t('common:delete')}
          danger
          onClose={() => setDeleted(null)}
          act={async () => {
            if ('user' in deleted) {
              const { username } = deleted.user
              await api.DELETE('/api/tradewind/users/{username}', { params: { path: { username } } })
              await refresh(username, 'admin:gone')
            } else {
              const { name } = deleted.role
              await api.DELETE('/api/tradewind/roles/{name}', { params: { path: { name } } })
              await refresh(name, 'admin:gone')
            }
          }}
        >
          <p>
            {'user' in deleted
              ? t('user.delete_what', { name: deleted.user.username })
              : t('role.delete_what', { name: deleted.role.name })}
          </p>
        </Confirm>
      )}
    </div>
  )
}

type UserProps = {
  user: User | null
  roles: readonly Role[]
  onClose: () => void
  onSaved: (name: string) => Promise<unknown>
}

function UserEditor({ user, roles, onClose, onSaved }: UserProps) {
  const { t } = useTranslation(['access', 'admin'])
  const send = async (form: FormData) => {
    const { limited, rights } = readRights(form, (line) => t('wrong_line', { line }))
    const values = { role: String(form.get('role')), dag_limited: limited, dags: rights }
    const password = textOf(form, 'password')
    const username = user?.username ?? String(form.get('username'))
    if (user === null) {
      await api.POST('/api/tradewind/users', { body: { username, password: password ?? '', ...values } })
    } else {
      await api.PATCH('/api/tradewind/users/{username}', {
        params: { path: { username } },
        body: { ...values, password },
      })
    }
    await onSaved(username)
  }
  return (
    <FormDialog
      title={user ? t('admin:edit_what', { name: user.username }) : t('user.add')}
      send={send}
      onClose={onClose}
    >
      {user === null && <TextField label={t('user.name')} name="username" required maxLength={250} autoFocus />}
      <TextField
        label={t(user ? 'user.new_password' : 'user.password')}
        hint={user ? t('user.password_hint') : undefined}
        name="password"
        type="password"
        autoComplete="new-password"
        required={user === null}
        maxLength={1024}
      />
      <Choice
        label={t('user.role')}
        name="role"
        defaultValue={user?.role ?? 'viewer'}
        options={roles.map((role) => [role.name, role.name] as const)}
      />
      <RightsField limited={user?.dag_limited ?? false} rights={user?.dags ?? []} />
    </FormDialog>
  )
}

type RoleProps = { role: Role | null; onClose: () => void; onSaved: (name: string) => Promise<unknown> }

function RoleEditor({ role, onClose, onSaved }: RoleProps) {
  const { t } = useTranslation(['access', 'admin'])
  const send = async (form: FormData) => {
    const { limited, rights } = readRights(form, (line) => t('wrong_line', { line }))
    const base = String(form.get('base')) as (typeof BASES)[number]
    const values = { base, dag_limited: limited, dags: rights }
    const name = role?.name ?? String(form.get('name'))
    if (role === null) await api.POST('/api/tradewind/roles', { body: { name, ...values } })
    else await api.PATCH('/api/tradewind/roles/{name}', { params: { path: { name } }, body: values })
    await onSaved(name)
  }
  return (
    <FormDialog title={role ? t('admin:edit_what', { name: role.name }) : t('role.add')} send={send} onClose={onClose}>
      {role === null && <TextField label={t('role.name')} name="name" required maxLength={50} autoFocus />}
      <Choice
        label={t('role.may')}
        name="base"
        defaultValue={role?.base ?? 'viewer'}
        options={BASES.map((base) => [base, t(`base.${base}`)] as const)}
      />
      <RightsField limited={role?.dag_limited ?? false} rights={role?.dags ?? []} />
    </FormDialog>
  )
}
