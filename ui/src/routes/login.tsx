/** Name and password; then back to where the person wanted to be. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { Wind } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api } from '@/api/client'
import { Button, buttonClass } from '@/components/button'
import { Problem } from '@/components/failure'
import { TextField } from '@/components/field'
import { local } from '@/lib/local'

export const Route = createFileRoute('/login')({
  validateSearch: (search): { next?: string; problem?: 'oidc' } => ({
    ...(typeof search.next === 'string' && { next: local(search.next) }),
    ...(search.problem === 'oidc' && { problem: 'oidc' }),
  }),
  component: Login,
})

function Login() {
  const { t } = useTranslation('login')
  const { next, problem: failed } = Route.useSearch()
  const { data: options } = useQuery($api.queryOptions('get', '/api/tradewind/login-options'))
  const navigate = useNavigate()
  const client = useQueryClient()
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    document.title = `${t('title')} · Tradewind`
  }, [t])
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setProblem(null)
    try {
      await api.POST('/api/tradewind/login', {
        body: { username: String(form.get('username')), password: String(form.get('password')) },
      })
      client.clear()
      await navigate({ href: next ?? '/' } as never)
    } catch (error) {
      setProblem(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <main className="flex min-h-screen items-center justify-center p-4">
      <form onSubmit={send} className="card flex w-full max-w-sm flex-col gap-4 p-6">
        <h1 className="flex items-center gap-2">
          <Wind size={24} aria-hidden="true" className="text-brand" />
          {t('title')}
        </h1>
        <TextField label={t('name')} name="username" autoComplete="username" autoFocus required maxLength={250} />
        <TextField
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={1024}
        />
        <Problem error={problem ?? (failed ? new Error(t('oidc_failed')) : null)} />
        <Button type="submit" look="primary" busy={busy}>
          {t('enter')}
        </Button>
        {options?.oidc && (
          <>
            <p className="text-center text-sm text-ink-2">{t('or')}</p>
            <a className={buttonClass()} href={`/api/tradewind/oidc/login?next=${encodeURIComponent(next ?? '/')}`}>
              {t('with', { name: options.oidc })}
            </a>
          </>
        )}
        <p className="text-sm text-ink-2">
          {t('first_time')} <code>tradewind users reset-password</code>
        </p>
      </form>
    </main>
  )
}
