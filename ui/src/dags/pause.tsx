/** Pausing and unpausing a DAG: unpausing first says which runs it makes at once. */
import { Switch } from '@base-ui/react/switch'
import clsx from 'clsx'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { complain, say } from '@/components/toast'
import { pause, useDagsChanged } from './changes'

const Unpause = lazy(async () => ({ default: (await import('./unpause')).Unpause }))

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
      <Suspense>{asking && <Unpause dagId={dagId} name={name} onClose={() => setAsking(false)} />}</Suspense>
    </>
  )
}
