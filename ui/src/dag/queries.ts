/** What the pages of a DAG ask for. */
import { $api } from '@/api/client'
import { dagTopic } from '@/live/topics'

const of = (dagId: string) => ({ params: { path: { dag_id: dagId } } })
const live = (dagId: string) => ({ topics: [dagTopic(dagId)] })

/** The same as in the head of the page: asked once. */
export function factsQuery(dagId: string) {
  return { ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}', of(dagId)), meta: live(dagId) }
}

export function overviewQuery(dagId: string) {
  return { ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/overview', of(dagId)), meta: live(dagId) }
}

export function detailsQuery(dagId: string) {
  return { ...$api.queryOptions('get', '/api/v2/dags/{dag_id}/details', of(dagId)), meta: live(dagId) }
}

/** A part of the tasks: `q` are words to find, `after` is where the part before ended. */
export function tasksQuery(dagId: string, { q, after }: { q?: string; after?: string }) {
  const params = { path: { dag_id: dagId }, query: { ...(q ? { q } : {}), ...(after ? { cursor: after } : {}) } }
  return { ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/tasks', { params }), meta: live(dagId) }
}

export function taskQuery(dagId: string, taskId: string) {
  const params = { path: { dag_id: dagId, task_id: taskId } }
  return { ...$api.queryOptions('get', '/api/v2/dags/{dag_id}/tasks/{task_id}', { params }), meta: live(dagId) }
}

export function taskChangesQuery(dagId: string) {
  return { ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/task-changes', of(dagId)), meta: live(dagId) }
}
