/** The button that triggers a DAG; its window is loaded when it is asked for. */
import { Play } from 'lucide-react'
import { lazy, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/button'
import { Later } from '@/components/later'

const Loaded = lazy(async () => ({ default: (await import('./trigger-dialog')).TriggerDialog }))

type DialogProps = { dagId: string; name: string; onClose: () => void; conf?: Record<string, unknown> }

export function TriggerDialog(props: DialogProps) {
  return (
    <Later>
      <Loaded {...props} />
    </Later>
  )
}

type Props = { dagId: string; name: string; small?: boolean; look?: 'primary' | 'plain' }

export function TriggerButton({ dagId, name, small, look }: Props) {
  const { t } = useTranslation('dag')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button
        small={small}
        look={look}
        aria-label={t('trigger.label', { name })}
        icon={<Play size={13} aria-hidden="true" />}
        onClick={() => setOpen(true)}
      >
        {t('trigger.do')}
      </Button>
      {open && <TriggerDialog dagId={dagId} name={name} onClose={() => setOpen(false)} />}
    </>
  )
}
