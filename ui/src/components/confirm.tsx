/** Asks before something that cannot be taken back. */
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'
import { Dialog } from './dialog'
import { Problem } from './failure'

type Props = {
  title: string
  children: ReactNode
  /** The word on the button that does it. */
  word: string
  danger?: boolean
  act: () => Promise<unknown>
  onClose: () => void
}

export function Confirm({ title, children, word, danger, act, onClose }: Props) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const go = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await act()
      onClose()
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      title={title}
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={go}>
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
