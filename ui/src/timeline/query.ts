/** What the address of a timeline says, and what is asked for it: known before the timeline itself is loaded. */
import { $api } from '@/api/client'
import { one, text } from '@/lib/search'
import type { Order } from './bars'

export const ORDERS = ['start', 'grid'] as const
export const MOST = 5000

export type TimelineFilter = { q?: string; order?: Order }

export function timelineFilter(search: Record<string, unknown>): TimelineFilter {
  return { ...text(search, 'q'), ...one(search, 'order', ORDERS) }
}

export function timelineQuery(dagId: string, runId: string) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/runs/{run_id}/timeline', {
      params: { path: { dag_id: dagId, run_id: runId }, query: { limit: MOST } },
    }),
    // what the page asked for while it was loaded is what it shows, patched by the stream from then on; the drawing says
    // that it is old when it is left
    staleTime: 10_000,
    gcTime: 10_000,
  }
}
