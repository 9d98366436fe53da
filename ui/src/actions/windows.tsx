/** The windows of what can be done with runs and tasks: loaded when one is opened. */
import { type ComponentProps, lazy } from 'react'
import { Later } from '@/components/later'

const Clear = lazy(async () => ({ default: (await import('./clear')).ClearDialog }))
const Mark = lazy(async () => ({ default: (await import('./mark')).MarkDialog }))
const DeleteRun = lazy(async () => ({ default: (await import('./delete-run')).DeleteRunDialog }))

export function ClearDialog(props: ComponentProps<typeof Clear>) {
  return (
    <Later>
      <Clear {...props} />
    </Later>
  )
}

export function MarkDialog(props: ComponentProps<typeof Mark>) {
  return (
    <Later>
      <Mark {...props} />
    </Later>
  )
}

export function DeleteRunDialog(props: ComponentProps<typeof DeleteRun>) {
  return (
    <Later>
      <DeleteRun {...props} />
    </Later>
  )
}
