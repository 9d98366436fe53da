/** The windows of what can be done with runs and tasks: loaded when one is opened. */
import { type ComponentProps, lazy, Suspense } from 'react'

const Clear = lazy(async () => ({ default: (await import('./clear')).ClearDialog }))
const Mark = lazy(async () => ({ default: (await import('./mark')).MarkDialog }))
const DeleteRun = lazy(async () => ({ default: (await import('./delete-run')).DeleteRunDialog }))

export function ClearDialog(props: ComponentProps<typeof Clear>) {
  return (
    <Suspense>
      <Clear {...props} />
    </Suspense>
  )
}

export function MarkDialog(props: ComponentProps<typeof Mark>) {
  return (
    <Suspense>
      <Mark {...props} />
    </Suspense>
  )
}

export function DeleteRunDialog(props: ComponentProps<typeof DeleteRun>) {
  return (
    <Suspense>
      <DeleteRun {...props} />
    </Suspense>
  )
}
