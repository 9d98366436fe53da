/** Windows over the page.  What draws them is loaded when somebody begins to use the page: no page needs it at first. */
import { lazy, type ReactNode, useState } from 'react'
import { warm } from '@/lib/warm'
import { Later } from './later'

export type DialogProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  children: ReactNode
  /** Buttons, the main one last. */
  footer?: ReactNode
  wide?: boolean
  /** What is in it is read out when it opens: it asks something, and there is nothing to fill in. */
  heard?: boolean
}

const load = () => import('./dialog-window')
const Window = lazy(load)
warm(load)

/**
 * A window over the page: Escape closes it, Ctrl or Cmd with Enter does what its main button does, the focus stays in it
 * and goes back after it.
 */
export function Dialog(props: DialogProps) {
  const [opened, setOpened] = useState(props.open)
  if (props.open && !opened) setOpened(true)
  return <Later>{opened && <Window {...props} />}</Later>
}
