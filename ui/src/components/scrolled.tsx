/** A part of the page that scrolls by itself: it can be reached and scrolled with keys, and has a name. */
import clsx from 'clsx'
import type { ReactNode, Ref } from 'react'

type Props = { label: string; className?: string; children: ReactNode; ref?: Ref<HTMLElement> }

export function Scrolled({ label, className, children, ref }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with keys
    <section ref={ref} aria-label={label} tabIndex={0} className={clsx('overflow-auto', className)}>
      {children}
    </section>
  )
}
