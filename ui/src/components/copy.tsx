import { Check, Copy as CopyIcon } from 'lucide-react'
import { lazy, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'
import { Later } from './later'

const CopyByHand = lazy(() => import('./copy-by-hand'))

/** A page over plain HTTP from another machine is given no clipboard: there the text is selected and copied. */
async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // there is none, or it was forbidden: what follows needs no permission
  }
  const field = document.createElement('textarea')
  field.value = text
  const before = document.activeElement as HTMLElement
  // inside the window that is open, which keeps the focus
  ;(before.closest('[role="dialog"]') ?? document.body).append(field)
  field.select()
  const copied = document.execCommand('copy')
  field.remove()
  before.focus()
  return copied
}

/** Copies a text; says that it did.  `name`: what the button is called where its label alone does not say it. */
export function Copy({ text, label, name }: { text: string; label?: string; name?: string }) {
  const { t } = useTranslation()
  const [done, setDone] = useState<boolean>()
  const copy = async () => {
    const copied = await write(text)
    setDone(copied)
    if (copied) setTimeout(setDone, 1500)
  }
  return (
    <>
      <Button
        small
        look="quiet"
        aria-label={done ? undefined : name}
        onClick={copy}
        icon={done ? <Check size={14} aria-hidden="true" /> : <CopyIcon size={14} aria-hidden="true" />}
      >
        {done ? t('copied') : (label ?? t('copy'))}
      </Button>
      {done === false && (
        <Later>
          <CopyByHand text={text} onClose={() => setDone(undefined)} />
        </Later>
      )}
    </>
  )
}
