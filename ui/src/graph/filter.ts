/** What the address of the graph says: known before the graph itself is loaded. */
import { one, text } from '@/lib/search'

export const FILTERS = ['upstream', 'downstream', 'both', 'failed', 'critical'] as const
export type GraphFilter = { q?: string; show?: (typeof FILTERS)[number]; way?: 'down' }

export function graphFilter(search: Record<string, unknown>): GraphFilter {
  return { ...text(search, 'q'), ...one(search, 'show', FILTERS), ...one(search, 'way', ['down']) }
}
