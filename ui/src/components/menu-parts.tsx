/** What `menu` is made of: loaded with the first menu that opens. */
import { Menu as Base } from '@base-ui/react/menu'
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import type { MenuChoiceProps, MenuItemProps, MenuProps } from './menu'

/** It is open when it comes: it was asked for before it was loaded. */
export function Menu({ trigger, children, label }: MenuProps) {
  const { t } = useTranslation()
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} aria-label={label} />
      <Base.Portal>
        {/* it opens beside the landmarks of the page, and everything on a page is in one */}
        <Base.Positioner sideOffset={4} align="end" className="z-50" role="region" aria-label={label ?? t('menu')}>
          <Base.Popup className="min-w-44 rounded-md border border-line bg-raised py-1 shadow-xl outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const ITEM =
  'flex cursor-default items-center gap-2 px-3 py-1.5 text-base text-ink no-underline pickable outline-none data-[disabled]:opacity-50'

export function MenuItem({ children, onClick, disabled, danger, icon, shortcut, render }: MenuItemProps) {
  return (
    <Base.Item onClick={onClick} disabled={disabled} render={render} className={clsx(ITEM, danger && 'text-danger')}>
      {icon}
      <span className="flex-1">{children}</span>
      {shortcut && <kbd className="text-xs text-ink-3">{shortcut}</kbd>}
    </Base.Item>
  )
}

export function MenuLine() {
  return <Base.Separator className="my-1 border-line border-t" />
}

export function MenuChoice<Value extends string>({ value, onChange, options, label }: MenuChoiceProps<Value>) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-3 pt-1.5 pb-0.5 text-xs text-ink-3">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={onChange}>
        {(Object.entries(options) as [Value, string][]).map(([key, word]) => (
          <Base.RadioItem key={key} value={key} className={ITEM} closeOnClick>
            <span className="w-4">
              <Base.RadioItemIndicator>✓</Base.RadioItemIndicator>
            </span>
            {word}
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}
