import { Check, Copy as CopyIcon } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'
import { complain } from './toast'

/** Copies a text; says that it did. */
export function Copy({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setDone(true)
      setTimeout(() => setDone(false), 1500)
    } catch (error) {
      complain(error) // a page over plain HTTP from another machine has no clipboard
    }
  }
  return (
    <Button
      small
      look="quiet"
      onClick={copy}
      icon={done ? <Check size={14} aria-hidden="true" /> : <CopyIcon size={14} aria-hidden="true" />}
    >
      {done ? t('copied') : (label ?? t('copy'))}
    </Button>
  )
}
