/** What the address of the grid says, and what is asked for it: known before the grid itself is loaded. */
import { $api } from '@/api/client'
import { one, text } from '@/lib/search'

export const RUN_STATES = ['success', 'failed', 'running', 'queued'] as const
export const RUN_TYPES = ['scheduled', 'manual', 'backfill', 'asset_triggered'] as const
const FIRST = 60

export type GridFilter = {
  q?: string
  state?: (typeof RUN_STATES)[number]
  type?: (typeof RUN_TYPES)[number]
}

export function gridFilter(search: Record<string, unknown>): GridFilter {
  return { ...text(search, 'q'), ...one(search, 'state', RUN_STATES), ...one(search, 'type', RUN_TYPES) }
}

export function gridQuery(dagId: string, filter: GridFilter, newest?: string) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/grid', {
      params: {
        path: { dag_id: dagId },
        query: {
          limit: FIRST,
          newest,
          run_type: filter.type ? [filter.type] : undefined,
          state: filter.state ? [filter.state] : undefined,
        },
      },
    }),
    // what the page asked for while it was loaded is what it shows, patched by the stream from then on; the board says
    // that it is old when it is left
    staleTime: 10_000,
    gcTime: 10_000,
  }
}
