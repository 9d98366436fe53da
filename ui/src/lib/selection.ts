/** What is selected in the views of a run: a task, or one instance of it.  Kept in the address, shared by the views. */
import { text } from './search'

export type Selection = { task?: string; map_index?: number }

export function selection(search: Record<string, unknown>): Selection {
  const index = Number(search.map_index)
  return {
    ...text(search, 'task'),
    ...(search.map_index !== undefined && Number.isInteger(index) && index >= 0 ? { map_index: index } : {}),
  }
}
