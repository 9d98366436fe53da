/** The window of clear and mark: options at the left, what they touch at the right, one button that does it. */
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/button'
import { Dialog } from '@/components/dialog'
import { Problem } from '@/components/failure'
import { Check } from '@/components/field'
import { useSending } from '@/components/use-sending'
import { useDagsChanged } from '@/dags/changes'
import type { Reach } from './target'

type Props = {
  title: string
  description?: ReactNode
  /** The word on the button. */
  word: string
  ready: boolean
  danger?: boolean
  /** The word on the button that leaves all as it is, where “Cancel” could be read as the action. */
  leave?: string
  act: () => Promise<unknown>
  onClose: () => void
  options?: ReactNode
  children: ReactNode
}

export function ActionFrame({
  title,
  description,
  word,
  ready,
  danger,
  leave,
  act,
  onClose,
  options,
  children,
}: Props) {
  const { t } = useTranslation()
  const changed = useDagsChanged()
  const { busy, problem, send } = useSending(() => {
    onClose()
    void changed()
  })
  return (
    <Dialog
      open
      wide={options !== undefined}
      onOpenChange={(open) => !open && !busy && onClose()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={onClose} disabled={busy}>
            {leave ?? t('cancel')}
          </Button>
          <Button look={danger ? 'danger' : 'primary'} busy={busy} disabled={!ready} onClick={() => void send(act)}>
            {word}
          </Button>
        </>
      }
    >
      <div className={options !== undefined ? 'grid gap-6 md:grid-cols-2' : ''}>
        {options}
        {children}
      </div>
      {problem != null && (
        <div className="mt-3">
          <Problem error={problem} />
        </div>
      )}
    </Dialog>
  )
}

/** How far an action goes beyond the tasks it is about. */
export function ReachChecks<Value extends Reach>({
  value,
  onChange,
}: {
  value: Value
  onChange: (next: Value) => void
}) {
  const { t } = useTranslation('touch')
  return (
    <fieldset className="space-y-1.5">
      <legend className="mb-1 text-sm font-medium text-ink-2">{t('reach.label')}</legend>
      {(['upstream', 'downstream', 'past', 'future'] as const).map((name) => (
        <Check
          key={name}
          label={t(`reach.${name}`)}
          checked={value[name]}
          onChange={(event) => onChange({ ...value, [name]: event.target.checked })}
        />
      ))}
    </fieldset>
  )
}
