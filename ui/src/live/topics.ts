/** Topics of the live stream: how they are spelled, and which an event belongs to. */
import type { Schemas } from '@/api/client'

export type LiveEvent =
  | Schemas['RunEvent']
  | Schemas['TasksEvent']
  | Schemas['CellsEvent']
  | Schemas['DagEvent']
  | Schemas['GoneEvent']
  | Schemas['HintEvent']
  | Schemas['HealthEvent']

/** The names of the events that carry changes. */
export const KINDS = ['run', 'tasks', 'cells', 'dag', 'gone', 'hint', 'health'] as const satisfies LiveEvent['kind'][]

const id = encodeURIComponent

export function dagTopic(dagId: string): string {
  return `dag:${id(dagId)}`
}

export function runTopic(dagId: string, runId: string): string {
  return `run:${id(dagId)}/${id(runId)}`
}

export function tiTopic(dagId: string, runId: string, taskId: string, mapIndex = -1): string {
  return `ti:${id(dagId)}/${id(runId)}/${id(taskId)}/${mapIndex}`
}

export function topicsOf(event: LiveEvent): string[] {
  switch (event.kind) {
    case 'run':
      return ['dags', dagTopic(event.dag_id), runTopic(event.dag_id, event.run.run_id)]
    case 'tasks':
      return [
        runTopic(event.dag_id, event.run_id),
        ...event.items.map((item) => tiTopic(event.dag_id, event.run_id, item.task_id, item.map_index)),
      ]
    case 'cells':
      return [dagTopic(event.dag_id)]
    case 'dag':
      return ['dags', dagTopic(event.dag_id)]
    case 'gone':
      return ['dags', dagTopic(event.dag_id), ...(event.run_id ? [runTopic(event.dag_id, event.run_id)] : [])]
    case 'hint':
      return [event.topic]
    case 'health':
      return ['health']
  }
}
