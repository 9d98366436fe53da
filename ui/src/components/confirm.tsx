/** Asks before something that cannot be taken back. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'
import { Dialog } from './dialog'
import { Problem } from './failure'
import { useSending } from './use-sending'

type Props = {
  title: string
  description?: ReactNode
  children: ReactNode
  /** The word on the button that does it. */
  word: string
  danger?: boolean
  /** False: what it would do is not known yet, or nothing. */
  ready?: boolean
  act: () => Promise<unknown>
  onClose: () => void
}

export function Confirm({ title, description, children, word, danger, ready = true, act, onClose }: Props) {
  const { t } = useTranslation()
  const { busy, problem, send } = useSending(onClose)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      title={title}
      description={description}
      heard
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <Button look={danger ? 'danger' : 'primary'} busy={busy} disabled={!ready} onClick={() => void send(act)}>
            {word}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {children}
        <Problem error={problem} />
      </div>
    </Dialog>
  )
}
