/** What an action on several runs touches, put together from what the server says of each. */

export type Part = { dagId: string; runs: string[]; tasks: Record<string, number>; task_instances: number }
export type RunKey = { dag_id: string; run_id: string }

/** One part for each DAG, in the order in which they come. */
export function byDag(items: readonly { dag_id: string; dag_run_id: string; task_id: string }[]): Part[] {
  const parts = new Map<string, Part & { seen: Set<string> }>()
  for (const item of items) {
    let part = parts.get(item.dag_id)
    if (part === undefined) {
      part = { dagId: item.dag_id, runs: [], tasks: {}, task_instances: 0, seen: new Set() }
      parts.set(item.dag_id, part)
    }
    if (!part.seen.has(item.dag_run_id)) {
      part.seen.add(item.dag_run_id)
      part.runs.push(item.dag_run_id)
    }
    part.tasks[item.task_id] = (part.tasks[item.task_id] ?? 0) + 1
    part.task_instances += 1
  }
  return [...parts.values()].map(({ seen: _, ...part }) => part)
}

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

/** Asks about each, eight at a time, in their order. */
export async function each<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let start = 0; start < items.length; start += 8) {
    answers.push(...(await Promise.all(items.slice(start, start + 8).map(ask))))
  }
  return answers
}
