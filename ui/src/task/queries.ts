/** What the page of a task instance asks for. */
import { $api } from '@/api/client'
import { runTopic, tiTopic } from '@/live/topics'

export type Place = { dagId: string; runId: string; taskId: string; mapIndex: number }

/** Changes of this instance; of a mapped task without an index, of any in the run. */
export function topicsOfPlace({ dagId, runId, taskId, mapIndex }: Place): string[] {
  return mapIndex >= 0 ? [tiTopic(dagId, runId, taskId, mapIndex)] : [runTopic(dagId, runId)]
}

export function taskQuery(place: Place) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}', {
      params: {
        path: { dag_id: place.dagId, run_id: place.runId, task_id: place.taskId },
        query: { map_index: place.mapIndex },
      },
    }),
    meta: { topics: topicsOfPlace(place) },
  }
}

export function explainTaskQuery(place: Place) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/explain/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}', {
      params: {
        path: { dag_id: place.dagId, dag_run_id: place.runId, task_id: place.taskId },
        query: { map_index: place.mapIndex },
      },
    }),
    meta: { topics: topicsOfPlace(place) },
  }
}

/** The path of the public API, and the index. */
export function v2({ dagId, runId, taskId, mapIndex }: Place) {
  return {
    path: { dag_id: dagId, dag_run_id: runId, task_id: taskId },
    query: { map_index: mapIndex },
  }
}
