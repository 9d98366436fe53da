/** The rows of the grid as they are shown: groups before their tasks, what is collapsed or does not fit left out. */
import type { GridGroup, GridTask } from './model'

export type Row =
  | { kind: 'task'; id: string; label: string; depth: number; task: number; mapped: boolean; removed: boolean }
  | { kind: 'group'; id: string; label: string; depth: number; group: number; collapsed: boolean; tasks: number }

/** `text`: part of a task's id or label; groups with such tasks are shown open. */
export function buildRows(
  tasks: readonly GridTask[],
  groups: readonly GridGroup[],
  collapsed: ReadonlySet<string>,
  text = '',
): Row[] {
  const wanted = text.trim().toLowerCase()
  const fits = (task: GridTask) =>
    wanted === '' || task.id.toLowerCase().includes(wanted) || task.label.toLowerCase().includes(wanted)
  const counts = new Array<number>(groups.length).fill(0)
  for (const task of tasks) for (const group of pathOf(task.group, groups)) counts[group] = (counts[group] ?? 0) + 1
  const rows: Row[] = []
  const entered = new Set<number>()
  for (const [place, task] of tasks.entries()) {
    if (!fits(task)) continue
    const path = pathOf(task.group, groups)
    let hidden = false
    for (const [depth, group] of path.entries()) {
      const found = groups[group]
      if (found === undefined || hidden) continue
      const shut = wanted === '' && collapsed.has(found.id)
      if (!entered.has(group)) {
        entered.add(group)
        rows.push({
          kind: 'group',
          id: found.id,
          label: found.label,
          depth,
          group,
          collapsed: shut,
          tasks: counts[group] ?? 0,
        })
      }
      hidden = shut
    }
    if (hidden) continue
    rows.push({
      kind: 'task',
      id: task.id,
      label: task.label,
      depth: path.length,
      task: place,
      mapped: task.mapped,
      removed: task.removed,
    })
  }
  return rows
}

/** Places of the groups that a group is in, outermost first, itself last. */
export function pathOf(group: number, groups: readonly GridGroup[]): number[] {
  const path: number[] = []
  for (let at = group; at >= 0; at = groups[at]?.parent ?? -1) path.unshift(at)
  return path
}
