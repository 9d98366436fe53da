/** The window of `dialog`: loaded with the first one that opens. */
import { Dialog as Base } from '@base-ui/react/dialog'
import clsx from 'clsx'
import { X } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useScrolls } from '@/lib/use-scrolls'
import type { DialogProps } from './dialog'

const FIELDS = 'input:not([type=hidden]):enabled, select:enabled, textarea:enabled'

/** The main button, from wherever the keyboard is in the window; while it cannot be pressed, what is to be mended first. */
function press(event: KeyboardEvent<HTMLElement>): void {
  const window = event.currentTarget
  const main = [...window.querySelectorAll<HTMLButtonElement>('footer button')].at(-1)
  if (main === undefined || main.ariaDisabled === 'true') return
  event.preventDefault()
  if (main.disabled) window.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  else main.click()
}

/** What is longer than the window is scrolled with keys, too. */
function Body({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const scrolls = useScrolls(place)
  return (
    <div
      ref={place}
      className="min-h-0 flex-1 overflow-auto px-5 py-4 wrap-anywhere"
      {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-label': label } : {})}
    >
      {/* as high as what is in it: that may change while the window is open */}
      <div id={id}>{children}</div>
    </div>
  )
}

export default function DialogWindow({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  wide,
  heard,
}: DialogProps) {
  const { t } = useTranslation()
  const popup = useRef<HTMLDivElement>(null)
  const body = useId()
  // who opens it with keys goes on in the first field; on a touch screen that would cover half of it with a keyboard
  const first = (how: string) => (how === 'touch' ? true : (popup.current?.querySelector<HTMLElement>(FIELDS) ?? true))
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-[#0009]" />
        <Base.Popup
          ref={popup}
          initialFocus={first}
          {...(heard && !description ? { 'aria-describedby': body } : {})}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) press(event)
          }}
          className={clsx(
            'fixed top-[8vh] left-1/2 z-50 flex max-h-[84vh] w-[calc(100vw-1.5rem)] -translate-x-1/2 flex-col rounded-lg border border-line bg-raised shadow-2xl outline-none',
            wide ? 'max-w-5xl' : 'max-w-xl',
          )}
        >
          <header className="flex items-start gap-3 border-line border-b px-5 py-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-base font-semibold">{title}</Base.Title>
              {description && <Base.Description className="text-ink-2">{description}</Base.Description>}
            </div>
            <Base.Close aria-label={t('close')} className="rounded-md p-1 text-ink-2 hover:bg-hover">
              <X size={16} aria-hidden="true" />
            </Base.Close>
          </header>
          <Body id={body} label={title}>
            {children}
          </Body>
          {footer && (
            <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3">{footer}</footer>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
