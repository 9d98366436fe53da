/** What an event of an asset does to the DAGs that run on it. */
import type { Schemas } from '@/api/client'

export type Effect =
  | { kind: 'runs' | 'paused' | 'partitioned'; dagId: string; name: string }
  | { kind: 'waits'; dagId: string; name: string; missing: string[] }

export function effects(
  waiting: Schemas['AssetConsumer'][],
  asset: Pick<Schemas['AssetFacts'], 'name' | 'uri'>,
  withPartition: boolean,
): Effect[] {
  return waiting.map((dag) => {
    const of = { dagId: dag.dag_id, name: dag.name }
    if (dag.paused) return { kind: 'paused', ...of }
    if (dag.partitioned || withPartition) return { kind: 'partitioned', ...of }
    if (dag.any_of) return { kind: 'runs', ...of }
    const missing = dag.needs
      .filter((need) => need.seen_at === null && need.name !== asset.name && need.name !== asset.uri)
      .map((need) => need.name)
    return missing.length === 0 ? { kind: 'runs', ...of } : { kind: 'waits', ...of, missing }
  })
}
