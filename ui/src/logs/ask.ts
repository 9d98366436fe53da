/** The server as the source of a log. */
import { api } from '@/api/client'
import type { Ask } from './source'
import type { LogAddress, LogRecord } from './types'

const PATH = '/api/tradewind/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log'

function place({ dagId, runId, taskId, mapIndex, tryNumber, file }: LogAddress) {
  return {
    path: { dag_id: dagId, run_id: runId, task_id: taskId },
    query: {
      map_index: mapIndex,
      ...(tryNumber === undefined ? {} : { try_number: tryNumber }),
      ...(file === undefined ? {} : { file }),
    },
  }
}

/** The address of a part of the API of this log; `what`: `/raw`, `/follow`. */
export function logUrl(address: LogAddress, what: string, more: Record<string, string | number> = {}): string {
  const { path, query } = place(address)
  const [dag, run, task] = [path.dag_id, path.run_id, path.task_id].map(encodeURIComponent)
  const search = new URLSearchParams(Object.entries({ ...query, ...more }).map(([key, value]) => [key, String(value)]))
  return `/api/tradewind/dags/${dag}/runs/${run}/tasks/${task}/log${what}?${search}`
}

export function askServer(address: LogAddress): Ask {
  const { path, query } = place(address)
  return {
    range: async (more) => {
      const { data } = await api.GET(PATH, { params: { path, query: { ...query, ...more } } })
      return data!
    },
    outline: async () => {
      const { data } = await api.GET(`${PATH}/outline`, { params: { path, query } })
      return data!
    },
    search: async (more) => {
      const { data } = await api.GET(`${PATH}/search`, { params: { path, query: { ...query, ...more } } })
      return data!
    },
    follow: (offset, told) => {
      const source = new EventSource(logUrl(address, '/follow', { offset }))
      source.addEventListener('records', (event) =>
        told.records(JSON.parse(event.data) as { records: LogRecord[]; end: number; size: number }),
      )
      source.addEventListener('end', () => {
        source.close()
        told.ended()
      })
      return () => source.close()
    },
  }
}
