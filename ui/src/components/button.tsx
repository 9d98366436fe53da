import clsx from 'clsx'
import { type ComponentProps, type FocusEvent, type MouseEvent, type ReactNode, useState } from 'react'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-brand text-brand-ink border-transparent hover:brightness-110',
  plain: 'bg-surface text-ink border-line-strong hover:bg-hover',
  quiet: 'bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-surface text-danger border-danger hover:bg-danger-soft',
}

/** The class of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = 'plain', small = false): string {
  return clsx(
    'inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap no-underline hover:no-underline',
    'disabled:opacity-55 aria-disabled:opacity-55 transition-[background,filter] duration-100',
    small ? 'h-7 px-2 text-sm' : 'h-8 px-3 text-base',
    LOOKS[look],
  )
}

/**
 * A button that can be pressed no more, because it was, keeps the focus until the person leaves it: else the browser would
 * begin at the top of the page.
 */
function useHeld(off: boolean | undefined, { onClick, onFocus, onBlur }: ComponentProps<'button'>) {
  const [focused, setFocused] = useState(false)
  const held = off === true && focused
  return {
    disabled: off === true && !focused,
    'aria-disabled': held || undefined,
    onClick: (event: MouseEvent<HTMLButtonElement>) => (held ? event.preventDefault() : onClick?.(event)),
    onFocus: (event: FocusEvent<HTMLButtonElement>) => {
      setFocused(true)
      onFocus?.(event)
    },
    onBlur: (event: FocusEvent<HTMLButtonElement>) => {
      setFocused(false)
      onBlur?.(event)
    },
  }
}

type Props = ComponentProps<'button'> & { look?: ButtonLook; small?: boolean; icon?: ReactNode; busy?: boolean }

/** A button with a word on it; `busy` while what it started is under way. */
export function Button({ look = 'plain', small, icon, busy, className, children, disabled, ...rest }: Props) {
  const held = useHeld(disabled || busy, rest)
  return (
    <button
      type="button"
      {...rest}
      {...held}
      aria-busy={busy || undefined}
      className={clsx(buttonClass(look, small), className)}
    >
      {busy ? <span className="size-3 animate-spin rounded-full border-2 border-current border-r-transparent" /> : icon}
      {children}
    </button>
  )
}

type IconProps = ComponentProps<'button'> & { label: string }

/** For the few places where a word does not fit: the label is read out and shown as a title. */
export function IconButton({ label, children, className, disabled, ...rest }: IconProps) {
  const held = useHeld(disabled, rest)
  return (
    <button
      type="button"
      {...rest}
      {...held}
      aria-label={label}
      title={label}
      className={clsx(
        'inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink',
        className,
      )}
    >
      {children}
    </button>
  )
}
