/**
 * Menus.  Their button is there at once; what opens below it is loaded when somebody begins to use the page, for it weighs
 * more than the rest of a page.
 */
import { cloneElement, type KeyboardEvent, type ReactElement, type ReactNode, useState } from 'react'
import { warm } from '@/lib/warm'
import { complain } from './toast'

export type MenuProps = { trigger: ReactElement; children: ReactNode; label?: string }

export type MenuItemProps = {
  children: ReactNode
  onClick?: () => void
  disabled?: boolean
  danger?: boolean
  icon?: ReactNode
  shortcut?: string
  render?: ReactElement
}

export type MenuChoiceProps<Value extends string> = {
  value: Value
  onChange: (value: Value) => void
  options: Record<Value, string>
  label: string
}

let parts: typeof import('./menu-parts') | undefined

async function load(): Promise<void> {
  parts ??= await import('./menu-parts')
}
warm(load)

/** A menu that opens from `trigger`, a button. */
export function Menu({ trigger, children, label }: MenuProps) {
  const [asked, setAsked] = useState(false)
  if (asked && parts !== undefined) {
    return (
      <parts.Menu trigger={trigger} label={label}>
        {children}
      </parts.Menu>
    )
  }
  const open = () => void load().then(() => setAsked(true), complain)
  return cloneElement(trigger as ReactElement<Record<string, unknown>>, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    'aria-label': label,
    onClick: open,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      open()
    },
  })
}

// these stand in an open menu: what they are made of is there
export const MenuItem = (props: MenuItemProps) => parts && <parts.MenuItem {...props} />
export const MenuLine = () => parts && <parts.MenuLine />
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  return parts && <parts.MenuChoice {...props} />
}
