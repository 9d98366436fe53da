/** The selection on a narrow screen: a drawer over the drawing, loaded by `side-panel`. */
import { Drawer } from '@base-ui/react/drawer'
import type { ReactNode } from 'react'

type Props = { title: ReactNode; close: ReactNode; onClose: () => void; children: ReactNode }

export default function SideDrawer({ title, close, onClose, children }: Props) {
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
