/** The panels beside the drawings: loaded when something is selected. */
import { type ComponentProps, lazy } from 'react'
import { Later } from '@/components/later'
import type { Selection } from '@/lib/selection'

const Task = lazy(async () => ({ default: (await import('./task-panel')).TaskPanel }))
const Run = lazy(async () => ({ default: (await import('./run-panel')).RunPanel }))

export function TaskPanel(props: ComponentProps<typeof Task>) {
  return (
    <Later>
      <Task {...props} />
    </Later>
  )
}

type Chosen = Omit<ComponentProps<typeof Task>, 'onInstance' | 'onClose'> & { change: (next: Selection) => void }

/** The panel of the task that the address selects; what is done in it changes the selection. */
export function ChosenTask({ change, ...task }: Chosen) {
  return (
    <TaskPanel
      key={`${task.runId} ${task.taskId}`}
      {...task}
      onInstance={(index) => change({ map_index: index })}
      onClose={() => change({ task: undefined, map_index: undefined })}
    />
  )
}

export function RunPanel(props: ComponentProps<typeof Run>) {
  return (
    <Later>
      <Run {...props} />
    </Later>
  )
}
