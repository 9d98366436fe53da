/** Pausing and unpausing a DAG: unpausing first says which runs it makes at once. */
import { Switch } from '@base-ui/react/switch'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api } from '@/api/client'
import { Button } from '@/components/button'
import { Dialog } from '@/components/dialog'
import { Problem } from '@/components/failure'
import { Sentence } from '@/components/sentence'
import { Lines } from '@/components/skeleton'
import { complain, say } from '@/components/toast'

/** Every answer that tells whether a DAG is paused. */
export function useDagsChanged() {
  const client = useQueryClient()
  return () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) => {
        const path = String(queryKey[1])
        return path.startsWith('/api/tradewind/') && !path.endsWith('/session') ? true : path.startsWith('/api/v2/dags')
      },
    })
}

export async function pause(dagId: string): Promise<void> {
  await api.PATCH('/api/v2/dags/{dag_id}', {
    params: { path: { dag_id: dagId }, query: { update_mask: ['is_paused'] } },
    body: { is_paused: true },
  })
}

type Props = { dagId: string; name: string; paused: boolean; disabled?: boolean }

/** A switch: on is active. */
export function PauseSwitch({ dagId, name, paused, disabled }: Props) {
  const { t } = useTranslation('dags')
  const changed = useDagsChanged()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const change = async (on: boolean) => {
    if (on) {
      setAsking(true)
      return
    }
    setBusy(true)
    try {
      await pause(dagId)
      say(t('pause.paused', { name }))
      await changed()
    } catch (error) {
      complain(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Switch.Root
        checked={!paused}
        onCheckedChange={change}
        disabled={disabled || busy}
        aria-label={t('pause.label', { name })}
        title={paused ? t('pause.is_paused') : t('pause.is_active')}
        className={clsx(
          'inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 transition-colors',
          'data-[checked]:border-transparent data-[checked]:bg-brand data-[disabled]:opacity-50',
        )}
      >
        <Switch.Thumb className="size-3.5 rounded-full bg-line-strong transition-transform data-[checked]:translate-x-3 data-[checked]:bg-brand-ink" />
      </Switch.Root>
      {asking && <Unpause dagId={dagId} name={name} onClose={() => setAsking(false)} />}
    </>
  )
}

/** What unpausing makes, and the choice: from now on, or all that was missed. */
export function Unpause({ dagId, name, onClose }: { dagId: string; name: string; onClose: () => void }) {
  const { t } = useTranslation(['dags', 'common'])
  const changed = useDagsChanged()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const { data, error } = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/preview/unpause/{dag_id}', { params: { path: { dag_id: dagId } } }),
    staleTime: 0,
    gcTime: 0,
  })
  const act = async (confirm_past_runs: boolean) => {
    setBusy(true)
    setProblem(null)
    try {
      await api.POST('/api/tradewind/dags/{dag_id}/unpause', {
        params: { path: { dag_id: dagId } },
        body: { confirm_past_runs },
      })
      say(t('pause.unpaused', { name }))
      await changed()
      onClose()
    } catch (failure) {
      setProblem(failure)
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('pause.unpause', { name })}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="primary" busy={busy} disabled={!data} onClick={() => act((data?.count ?? 0) > 0)}>
            {data?.count ? t('pause.unpause_and_run', { count: data.count }) : t('pause.do')}
          </Button>
        </>
      }
    >
      {data ? <Sentence text={data.sentence} /> : error ? null : <Lines count={2} />}
      <Problem error={error ?? problem} />
    </Dialog>
  )
}
