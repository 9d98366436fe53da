/** What belongs to the selection, beside the drawing; on narrow screens a drawer over it. */
import { X } from 'lucide-react'
import { lazy, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/components/button'
import { Later } from '@/components/later'
import { useMedia } from '@/lib/media'

const SideDrawer = lazy(() => import('./side-drawer'))

type Props = { title: ReactNode; label: string; onClose: () => void; children: ReactNode }

export function SidePanel({ title, label, onClose, children }: Props) {
  const { t } = useTranslation()
  const wide = useMedia('(min-width: 1024px)')
  const close = (
    <IconButton label={t('close')} onClick={onClose}>
      <X size={16} aria-hidden="true" />
    </IconButton>
  )
  if (wide) {
    return (
      <aside
        aria-label={label}
        className="card sticky top-16 max-h-[calc(100vh-5rem)] w-88 shrink-0 self-start overflow-auto"
      >
        <header className="sticky top-0 flex items-center gap-2 border-line border-b bg-surface px-4 py-2">
          <h2 className="min-w-0 flex-1 break-all">{title}</h2>
          {close}
        </header>
        {children}
      </aside>
    )
  }
  return (
    <Later>
      <SideDrawer title={title} close={close} onClose={onClose}>
        {children}
      </SideDrawer>
    </Later>
  )
}
