/** What an action on several runs touches, put together from what the server says of each. */

export type Part = { dagId: string; runs: string[]; tasks: Record<string, number>; task_instances: number }
export type RunKey = { dag_id: string; run_id: string }

/** Parts of the same DAG together. */
export function merged(given: readonly Part[]): Part[] {
  const parts = new Map<string, Part>()
  for (const one of given) {
    const part = parts.get(one.dagId)
    if (part === undefined) {
      parts.set(one.dagId, { ...one, runs: [...one.runs], tasks: { ...one.tasks } })
      continue
    }
    part.runs.push(...one.runs.filter((run) => !part.runs.includes(run)))
    for (const [task, count] of Object.entries(one.tasks)) part.tasks[task] = (part.tasks[task] ?? 0) + count
    part.task_instances += one.task_instances
  }
  return [...parts.values()]
}
