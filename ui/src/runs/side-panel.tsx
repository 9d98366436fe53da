/** What belongs to the selection, beside the drawing; on narrow screens a drawer over it. */
import { Drawer } from '@base-ui/react/drawer'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/components/button'
import { useMedia } from '@/lib/media'

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
    <Drawer.Root open onOpenChange={(open) => !open && onClose()} modal>
      <Drawer.Portal>
        <Drawer.Backdrop className="fixed inset-0 z-40 bg-[#0009]" />
        <Drawer.Popup className="fixed inset-x-0 bottom-0 z-50 max-h-[80vh] overflow-auto rounded-t-lg border-line border-t bg-surface shadow-2xl outline-none">
          <header className="sticky top-0 flex items-center gap-2 border-line border-b bg-surface px-4 py-2">
            <Drawer.Title className="min-w-0 flex-1 break-all">{title}</Drawer.Title>
            {close}
          </header>
          {children}
        </Drawer.Popup>
      </Drawer.Portal>
    </Drawer.Root>
  )
}
