/** The panels beside the drawings: loaded when something is selected. */
import { type ComponentProps, lazy, Suspense } from 'react'

const Task = lazy(async () => ({ default: (await import('./task-panel')).TaskPanel }))
const Run = lazy(async () => ({ default: (await import('./run-panel')).RunPanel }))

export function TaskPanel(props: ComponentProps<typeof Task>) {
  return (
    <Suspense>
      <Task {...props} />
    </Suspense>
  )
}

export function RunPanel(props: ComponentProps<typeof Run>) {
  return (
    <Suspense>
      <Run {...props} />
    </Suspense>
  )
}
