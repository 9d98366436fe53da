/** The panels beside the drawings: loaded when something is selected. */
import { type ComponentProps, lazy } from 'react'
import { Later } from '@/components/later'

const Task = lazy(async () => ({ default: (await import('./task-panel')).TaskPanel }))
const Run = lazy(async () => ({ default: (await import('./run-panel')).RunPanel }))

export function TaskPanel(props: ComponentProps<typeof Task>) {
  return (
    <Later>
      <Task {...props} />
    </Later>
  )
}

export function RunPanel(props: ComponentProps<typeof Run>) {
  return (
    <Later>
      <Run {...props} />
    </Later>
  )
}
