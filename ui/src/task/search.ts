/** What of the page of a task instance is in its address. */
import { one, text, whole } from '@/lib/search'

export const TABS = ['log', 'rendered', 'xcom', 'attempts', 'explain', 'assets', 'details'] as const
export type Tab = (typeof TABS)[number]

export const INSTANCE_ORDERS = [
  'urgency',
  'map_index',
  '-duration',
  'duration',
  'start_date',
  '-start_date',
  'end_date',
  '-end_date',
] as const
export type InstanceOrder = (typeof INSTANCE_ORDERS)[number]

export type TaskSearch = {
  map_index?: number
  tab?: Tab
  try?: number
  file?: number
  with?: number
  find?: string
  re?: number
  levels?: string
  /** Of the instances of a mapped task. */
  state?: string
  name?: string
  order?: InstanceOrder
  after?: string
}

export function taskSearch(search: Record<string, unknown>): TaskSearch {
  return {
    ...whole(search, 'map_index'),
    // the log is what is shown when no tab is named: one address for it
    ...(search.tab === 'log' ? {} : one(search, 'tab', TABS)),
    ...whole(search, 'try'),
    ...whole(search, 'file'),
    ...whole(search, 'with'),
    ...text(search, 'find'),
    ...whole(search, 're'),
    ...text(search, 'levels'),
    ...text(search, 'state'),
    ...text(search, 'name'),
    ...one(search, 'order', INSTANCE_ORDERS),
    ...text(search, 'after'),
  }
}
