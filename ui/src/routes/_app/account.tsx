/** What is one's own: who one is here, the password, the logins. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RightsWords } from '@/access/rights-field'
import { $api, api } from '@/api/client'
import { useLeave, useSession } from '@/app/session'
import { Button } from '@/components/button'
import { Confirm } from '@/components/confirm'
import { Empty } from '@/components/empty'
import { TextField } from '@/components/field'
import { FormDialog } from '@/components/form-dialog'
import { Page, Section } from '@/components/page'
import { complain, say } from '@/components/toast'

export const Route = createFileRoute('/_app/account')({ component: Account })

const query = $api.queryOptions('get', '/api/tradewind/me', {})

function Account() {
  const { t } = useTranslation('account')
  const session = useSession()
  return <Page title={t('title')}>{session.no_auth ? <Empty title={t('nobody')}>{t('open')}</Empty> : <Mine />}</Page>
}

function Mine() {
  const { t } = useTranslation('account')
  const { data } = useSuspenseQuery(query)
  const [asked, setAsked] = useState<'password' | 'everywhere' | null>(null)
  const leave = useLeave()
  const close = () => setAsked(null)
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <Section title={t('login')}>
        <div className="p-4">
          <p>{t('who', { name: data.username, role: data.role })}</p>
          <div className="mt-1 flex gap-2 text-ink-2">
            <span>{t('rights')}:</span>{' '}
            <RightsWords limited={data.dag_limited || data.role_limited} rights={data.dags} />
          </div>
        </div>
      </Section>
      <Section title={t('password.title')}>
        <div className="p-4">
          {data.issuer ? (
            <p>{t('provider', { issuer: data.issuer })}</p>
          ) : (
            <Button onClick={() => setAsked('password')}>{t('password.change')}</Button>
          )}
        </div>
      </Section>
      <Section title={t('out.title')}>
        <div className="p-4">
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => leave().catch(complain)}>{t('out.here')}</Button>
            <Button look="danger" onClick={() => setAsked('everywhere')}>
              {t('out.everywhere')}
            </Button>
          </div>
        </div>
      </Section>
      {asked === 'password' && <PasswordDialog username={data.username} onClose={close} />}
      {asked === 'everywhere' && (
        <Confirm title={t('out.everywhere')} word={t('out.everywhere')} danger onClose={close} act={() => leave(true)}>
          <p>{t('out.what')}</p>
        </Confirm>
      )}
    </div>
  )
}

function PasswordDialog({ username, onClose }: { username: string; onClose: () => void }) {
  const { t } = useTranslation('account')
  const send = async (form: FormData) => {
    if (form.get('new') !== form.get('again')) throw new Error(t('password.differ'))
    await api.POST('/api/tradewind/me/password', {
      body: { old_password: String(form.get('old')), new_password: String(form.get('new')) },
    })
    say(t('password.changed'))
  }
  return (
    <FormDialog
      title={t('password.change')}
      description={t('password.why')}
      word={t('password.change')}
      send={send}
      onClose={onClose}
    >
      {/* who the password is of, for those who let a program keep it */}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <TextField
        label={t('password.old')}
        name="old"
        type="password"
        autoComplete="current-password"
        required
        maxLength={1024}
        autoFocus
      />
      <TextField
        label={t('password.new')}
        name="new"
        type="password"
        autoComplete="new-password"
        required
        maxLength={1024}
      />
      <TextField
        label={t('password.again')}
        name="again"
        type="password"
        autoComplete="new-password"
        required
        maxLength={1024}
      />
    </FormDialog>
  )
}
