/** Whether an asset is as fresh as it usually is. */
import type { Schemas } from '@/api/client'
import type { State } from '@/components/state'

type Facts = Pick<Schemas['AssetFacts'], 'active' | 'last_at' | 'usual_gap_seconds' | 'stale_at'>

export type Freshness =
  | { kind: 'gone' | 'never' }
  | { kind: 'unknown'; at: string }
  | { kind: 'fresh'; at: string; gap: number }
  /** `late`: seconds since an update was due by its usual gap. */
  | { kind: 'stale'; at: string; gap: number; late: number }

/** The mark of each: a colour and a shape. */
export const MARK: Record<Freshness['kind'], State> = {
  fresh: 'success',
  stale: 'tolerated',
  unknown: 'none',
  never: 'none',
  gone: 'removed',
}

export function freshness(asset: Facts, now: number): Freshness {
  if (!asset.active) return { kind: 'gone' }
  if (asset.last_at === null) return { kind: 'never' }
  const { last_at: at, usual_gap_seconds: gap } = asset
  if (gap === null || asset.stale_at === null) return { kind: 'unknown', at }
  if (now <= Date.parse(asset.stale_at)) return { kind: 'fresh', at, gap }
  return { kind: 'stale', at, gap, late: Math.max(0, (now - Date.parse(at)) / 1000 - gap) }
}
