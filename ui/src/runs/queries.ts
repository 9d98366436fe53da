/** What the pages of a run ask for. */
import { $api } from '@/api/client'
import { runTopic } from '@/live/topics'

export function summaryQuery(dagId: string, runId: string) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/runs/{run_id}/summary', {
      params: { path: { dag_id: dagId, run_id: runId } },
    }),
    meta: { topics: [runTopic(dagId, runId)] },
  }
}

export function explainRunQuery(dagId: string, runId: string) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/explain/dags/{dag_id}/dagRuns/{dag_run_id}', {
      params: { path: { dag_id: dagId, dag_run_id: runId } },
    }),
    meta: { topics: [runTopic(dagId, runId)] },
  }
}

/** The states of a run's tasks, to be drawn on the graph of its version. */
export function statesQuery(dagId: string, runId: string) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/runs/{run_id}/graph-states', {
      params: { path: { dag_id: dagId, run_id: runId } },
    }),
    meta: { topics: [runTopic(dagId, runId)] },
  }
}

/** The graph of a version; the same id, the same graph, so it is not asked twice. */
export function graphQuery(dagId: string, version?: number) {
  return $api.queryOptions('get', '/api/tradewind/dags/{dag_id}/graph', {
    params: { path: { dag_id: dagId }, query: version === undefined ? {} : { version_number: version } },
  })
}
