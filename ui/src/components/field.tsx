import clsx from 'clsx'
import { type ComponentProps, type ReactNode, useId } from 'react'

type Around = { label: string; hint?: ReactNode; problem?: ReactNode; hideLabel?: boolean }

function Labelled({ label, hint, problem, hideLabel, id, children }: Around & { id: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : 'text-sm font-medium text-ink-2'}>
        {label}
      </label>
      {children}
      {hint && !problem && (
        <div id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </div>
      )}
      {problem && (
        <p id={`${id}-hint`} role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
    </div>
  )
}

function told({ hint, problem }: Around, id: string) {
  return {
    id,
    'aria-invalid': problem ? true : undefined,
    'aria-describedby': hint || problem ? `${id}-hint` : undefined,
  }
}

export function TextField({ label, hint, problem, hideLabel, className, ...rest }: Around & ComponentProps<'input'>) {
  const id = useId()
  const around = { label, hint, problem, hideLabel }
  return (
    <Labelled {...around} id={id}>
      <input {...rest} {...told(around, id)} className={clsx('field', className)} />
    </Labelled>
  )
}

export function TextArea({ label, hint, problem, hideLabel, className, ...rest }: Around & ComponentProps<'textarea'>) {
  const id = useId()
  const around = { label, hint, problem, hideLabel }
  return (
    <Labelled {...around} id={id}>
      <textarea {...rest} {...told(around, id)} className={clsx('field min-h-24', className)} />
    </Labelled>
  )
}

export function Choice({
  label,
  hint,
  problem,
  hideLabel,
  className,
  options,
  ...rest
}: Around &
  Omit<ComponentProps<'select'>, 'children'> & { options: readonly (readonly [value: string, word: string])[] }) {
  const id = useId()
  const around = { label, hint, problem, hideLabel }
  return (
    <Labelled {...around} id={id}>
      <select {...rest} {...told(around, id)} className={clsx('field', className)}>
        {options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

export function Check({ label, hint, ...rest }: { label: ReactNode; hint?: ReactNode } & ComponentProps<'input'>) {
  const id = useId()
  return (
    <div className="flex items-start gap-2">
      <input
        type="checkbox"
        {...rest}
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-4 accent-brand"
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint && (
          <div id={`${id}-hint`} className="text-sm text-ink-3">
            {hint}
          </div>
        )}
      </div>
    </div>
  )
}
