/** Pausing and unpausing a DAG: each says first what it holds up, or which runs it makes at once. */
import clsx from 'clsx'
import { lazy, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Later } from '@/components/later'

const Pause = lazy(async () => ({ default: (await import('./pause-window')).Pause }))
const Unpause = lazy(async () => ({ default: (await import('./unpause')).Unpause }))

type Props = { dagId: string; name: string; paused: boolean; disabled?: boolean }

/** The window that asks before a DAG is paused, or unpaused. */
export function PauseWindow({ dagId, name, paused, onClose }: Omit<Props, 'disabled'> & { onClose: () => void }) {
  const Window = paused ? Unpause : Pause
  return (
    <Later>
      <Window dagId={dagId} name={name} onClose={onClose} />
    </Later>
  )
}

/** A switch: on is active. */
export function PauseSwitch({ dagId, name, paused, disabled }: Props) {
  const { t } = useTranslation('dag')
  const [asking, setAsking] = useState(false)
  return (
    <>
      <button
        type="button"
        role="switch"
        aria-checked={!paused}
        onClick={() => setAsking(true)}
        disabled={disabled}
        aria-label={t('pause.label', { name })}
        title={paused ? t('pause.is_paused') : t('pause.is_active')}
        className={clsx(
          'inline-flex h-4.5 w-8 shrink-0 items-center rounded-full border p-0.5 transition-colors disabled:opacity-50',
          paused ? 'border-line-strong bg-sunken' : 'border-transparent bg-brand',
        )}
      >
        <span
          className={clsx(
            'size-3.5 rounded-full transition-transform',
            paused ? 'bg-line-strong' : 'translate-x-3 bg-brand-ink',
          )}
        />
      </button>
      {asking && <PauseWindow dagId={dagId} name={name} paused={paused} onClose={() => setAsking(false)} />}
    </>
  )
}
