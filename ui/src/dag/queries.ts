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

/** Changes with the version of the DAG only; the head of the page says when there is a new one. */
export function tasksQuery(dagId: string) {
  return { ...$api.queryOptions('get', '/api/v2/dags/{dag_id}/tasks', of(dagId)), meta: live(dagId) }
}

export function newestTasksQuery(dagId: string) {
  return { ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/newest-tasks', of(dagId)), meta: live(dagId) }
}

export function taskChangesQuery(dagId: string) {
  return { ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/task-changes', of(dagId)), meta: live(dagId) }
}
