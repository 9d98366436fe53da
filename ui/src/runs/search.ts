/** The filters of a list of runs, as they stand in the address, and what the server is asked for them. */
import { $api } from '@/api/client'
import { isBound, span } from '@/lib/days'
import { one, text, whole } from '@/lib/search'
import { dagTopic } from '@/live/topics'

export const RUN_STATES = ['queued', 'running', 'success', 'failed'] as const
export const RUN_TYPES = [
  'scheduled',
  'manual',
  'backfill',
  'asset_triggered',
  'asset_materialization',
  'operator_triggered',
] as const
export const RUN_ORDERS = ['-run_after', 'run_after', '-start_date', '-duration'] as const

export type RunsSearch = {
  q?: string
  dag?: string
  state?: (typeof RUN_STATES)[number]
  type?: (typeof RUN_TYPES)[number]
  /** A day, or a moment. */
  from?: string
  /** A day, which belongs to it, or a moment, which does not. */
  to?: string
  version?: number
  order?: (typeof RUN_ORDERS)[number]
  cursor?: string
}

export function runsSearch(search: Record<string, unknown>): RunsSearch {
  const found: RunsSearch = {
    ...text(search, 'q'),
    ...text(search, 'dag'),
    ...one(search, 'state', RUN_STATES),
    ...one(search, 'type', RUN_TYPES),
    ...text(search, 'from'),
    ...text(search, 'to'),
    ...whole(search, 'version'),
    ...one(search, 'order', RUN_ORDERS),
    ...text(search, 'cursor'),
  }
  if (!isBound(found.from)) delete found.from
  if (!isBound(found.to)) delete found.to
  return found
}

/** Whether the list is narrower than all runs. */
export function isNarrow(search: RunsSearch): boolean {
  return Object.keys(search).some((name) => name !== 'order' && name !== 'cursor')
}

const RUNS = '/api/tradewind/runs'

function filters(search: RunsSearch, zone: string, dagId?: string) {
  return {
    dag_id: dagId,
    dag: dagId === undefined ? search.dag : undefined,
    search: search.q,
    state: search.state ? [search.state] : undefined,
    run_type: search.type ? [search.type] : undefined,
    ...span(search.from, search.to, zone),
    version: search.version,
  }
}

export function runsQuery(search: RunsSearch, zone: string, dagId?: string) {
  return {
    ...$api.queryOptions('get', RUNS, {
      params: { query: { ...filters(search, zone, dagId), order_by: search.order, cursor: search.cursor } },
    }),
    meta: { topics: [dagId === undefined ? 'dags' : dagTopic(dagId)] },
  }
}

/** All that the filters match, by name. */
export function matchingRunsQuery(search: RunsSearch, zone: string, dagId?: string) {
  return {
    ...$api.queryOptions('get', '/api/tradewind/runs-matching', { params: { query: filters(search, zone, dagId) } }),
    staleTime: 0,
    gcTime: 0,
  }
}
