import i18next from 'i18next'
import { Check, Copy as CopyIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'
import { complain } from './toast'

/** A page over plain HTTP from another machine is given no clipboard: there the text is selected and copied. */
async function write(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  // inside the window that is open, which keeps the focus
  const place = document.activeElement?.closest('[role="dialog"]') ?? document.body
  const before = document.activeElement
  place.append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  if (!copied) throw new Error(i18next.t('common:copy_failed'))
}

/** Copies a text; says that it did.  `name`: what the button is called where its label alone does not say it. */
export function Copy({ text, label, name }: { text: string; label?: string; name?: string }) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const copy = async () => {
    try {
      await write(text)
      setDone(true)
      setTimeout(() => setDone(false), 1500)
    } catch (error) {
      complain(error)
    }
  }
  return (
    <Button
      small
      look="quiet"
      aria-label={done ? undefined : name}
      onClick={copy}
      icon={done ? <Check size={14} aria-hidden="true" /> : <CopyIcon size={14} aria-hidden="true" />}
    >
      {done ? t('copied') : (label ?? t('copy'))}
    </Button>
  )
}
