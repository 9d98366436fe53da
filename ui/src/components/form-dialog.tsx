/** A form in a window: sends once, says what the server did not take, closes when it did. */
import { type FormEvent, type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'
import { Dialog } from './dialog'
import { Problem } from './failure'
import { useSending } from './use-sending'

type Props = {
  title: string
  description?: ReactNode
  word?: string
  send: (form: FormData) => Promise<unknown>
  onClose: () => void
  children: ReactNode
  wide?: boolean
  /** Another button, at the start of the last line: `read` gives the fields, or says in place what is missing. */
  aside?: (read: () => FormData | null) => ReactNode
}

export function FormDialog({ title, description, word, send, onClose, children, wide, aside }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const { busy, problem, send: once } = useSending(onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    void once(() => send(form))
  }
  const read = () => {
    const form = document.getElementById(id)
    return form instanceof HTMLFormElement && form.reportValidity() ? new FormData(form) : null
  }
  return (
    <Dialog
      open
      wide={wide}
      onOpenChange={(open) => !open && !busy && onClose()}
      title={title}
      description={description}
      footer={
        <>
          {aside && <div className="flex-1">{aside(read)}</div>}
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          <Button type="submit" form={id} look="primary" busy={busy}>
            {word ?? t('save')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="flex flex-col gap-3">
        {children}
        <Problem error={problem} />
      </form>
    </Dialog>
  )
}

/** The text of a field, or null when it was left empty. */
export function textOf(form: FormData, name: string): string | null {
  const value = form.get(name)
  return typeof value === 'string' && value !== '' ? value : null
}
