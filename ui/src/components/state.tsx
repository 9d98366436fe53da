/** States of runs and task instances: each has a colour, a shape and a word, so that no one of them carries it alone. */
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'

/** `tolerated`: a run that succeeded although a task failed. */
export const STATES = [
  'success',
  'tolerated',
  'failed',
  'running',
  'queued',
  'scheduled',
  'skipped',
  'upstream_failed',
  'up_for_retry',
  'up_for_reschedule',
  'deferred',
  'awaiting_input',
  'restarting',
  'removed',
  'none',
] as const

export type State = (typeof STATES)[number]

export function asState(value: string | null | undefined): State {
  return STATES.includes(value as State) ? (value as State) : 'none'
}

/** The state of a run as it is drawn: one with a tolerated failure is not plain green. */
export function runState(run: { state: string | null; tolerated?: boolean | number | undefined }): State {
  return run.tolerated && run.state === 'success' ? 'tolerated' : asState(run.state)
}

/** A path in a box of 12 by 12; drawn by the icon and by the canvas views. */
export const SHAPES: Record<State, { path: string; filled: boolean }> = {
  success: { path: 'M2 6.5 5 9.5 10 3', filled: false },
  tolerated: { path: 'M2 6 5 9 8 4.5M10 2.5v3.6M10 8.6v.9', filled: false },
  failed: { path: 'M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5', filled: false },
  running: { path: 'M3.5 1.8 10.2 6 3.5 10.2Z', filled: true },
  queued: { path: 'M2 3.2h8M2 6h8M2 8.8h8', filled: false },
  scheduled: { path: 'M6 1.5a4.5 4.5 0 1 0 .01 0M6 3.6V6l1.8 1.2', filled: false },
  skipped: { path: 'M2 2.5 6 6 2 9.5M6.5 2.5 10.5 6 6.5 9.5', filled: false },
  upstream_failed: { path: 'M6 10V2.5M2.8 5.5 6 2.2 9.2 5.5', filled: false },
  up_for_retry: { path: 'M9.8 4A4.2 4.2 0 1 0 10.2 6.8M10.2 1.6V4.3H7.4', filled: false },
  up_for_reschedule: { path: 'M2 2.5h8L6 6Zm0 7h8L6 6Z', filled: false },
  deferred: { path: 'M3.6 2.2v7.6M8.4 2.2v7.6', filled: false },
  awaiting_input: { path: 'M2 2.5h8v5.5H6.5L4 10.2V8H2Z', filled: false },
  restarting: {
    path: 'M1.8 6A4.2 4.2 0 0 1 9.4 3.4M10.2 6A4.2 4.2 0 0 1 2.6 8.6M9.6 1.2v2.4H7.2M2.4 10.8V8.4h2.4',
    filled: false,
  },
  removed: { path: 'M2.5 6h7', filled: false },
  none: { path: 'M6 2.2a3.8 3.8 0 1 0 .01 0', filled: false },
}

export function stateColor(state: State): string {
  return `var(--state-${state})`
}

export function StateIcon({ state, size = 12, className }: { state: State; size?: number; className?: string }) {
  const shape = SHAPES[state]
  return (
    <svg
      viewBox="0 0 12 12"
      width={size}
      height={size}
      aria-hidden="true"
      className={clsx('shrink-0', className)}
      style={{ color: stateColor(state) }}
      fill={shape.filled ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={shape.path} />
    </svg>
  )
}

/** The word for a state. */
export function useStateWord() {
  const { t } = useTranslation()
  return (state: State) => t(`state.${state}`)
}

/** Shape and word. */
export function StateBadge({ state: given, className }: { state: string | null | undefined; className?: string }) {
  const state = asState(given)
  const word = useStateWord()
  return (
    <span className={clsx('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <StateIcon state={state} />
      <span>{word(state)}</span>
    </span>
  )
}
