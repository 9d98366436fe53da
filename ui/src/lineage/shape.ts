/** The graph of assets and DAGs as nodes and edges, and as a tree for those who read it. */
import type { Schemas } from '@/api/client'

export type Lineage = Schemas['LineageResponse']
export type Point =
  | { id: string; kind: 'asset'; name: string; asset: Schemas['LineageAsset'] }
  | { id: string; kind: 'dag'; name: string; dag: Schemas['LineageDag'] }
export type Wire = {
  id: string
  source: string
  target: string
  /** Tasks through which it goes; none: the DAG runs on the asset. */
  tasks: string[]
  role: 'schedule' | 'inlet' | 'outlet'
  /** Of an edge to an asset: when it was updated last. */
  at: string | null
}
export type Shape = { points: Map<string, Point>; wires: Wire[] }
export type Way = 'up' | 'down'

export const assetKey = (id: number) => `a:${id}`
export const dagKey = (id: string) => `d:${id}`

export function shapeOf(data: Lineage): Shape {
  const points = new Map<string, Point>()
  for (const asset of data.assets) {
    const id = assetKey(asset.id)
    points.set(id, { id, kind: 'asset', name: asset.name, asset })
  }
  for (const dag of data.dags) {
    const id = dagKey(dag.dag_id)
    points.set(id, { id, kind: 'dag', name: dag.name, dag })
  }
  const wires = new Map<string, Wire>()
  for (const edge of data.edges) {
    const [asset, dag] = [assetKey(edge.asset_id), dagKey(edge.dag_id)]
    const [source, target] = edge.role === 'outlet' ? [dag, asset] : [asset, dag]
    const made = points.get(asset)
    if (made?.kind !== 'asset' || !points.has(dag)) continue
    const id = `${source} ${target}`
    const wire = wires.get(id) ?? {
      id,
      source,
      target,
      tasks: [],
      role: edge.role,
      at: edge.role === 'outlet' ? made.asset.last_at : null,
    }
    // that a DAG runs on an asset says more than that a task of it reads it
    if (edge.role === 'schedule') wire.role = 'schedule'
    if (edge.task_id && !wire.tasks.includes(edge.task_id)) wire.tasks.push(edge.task_id)
    wires.set(id, wire)
  }
  return { points, wires: [...wires.values()] }
}

export type Branch = {
  point: Point
  /** How far from where the tree begins. */
  depth: number
  /** It is told elsewhere in the tree what comes after it. */
  seen: boolean
  branches: Branch[]
}

function neighbours(shape: Shape, way: Way): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { source, target } of shape.wires) {
    const [from, to] = way === 'down' ? [source, target] : [target, source]
    found.set(from, [...(found.get(from) ?? []), to])
  }
  return found
}

/** What comes before or after a node, each node opened once, where it is nearest. */
export function treeOf(shape: Shape, root: string, way: Way): Branch | null {
  const start = shape.points.get(root)
  if (start === undefined) return null
  const next = neighbours(shape, way)
  const byName = (one: string, other: string) =>
    (shape.points.get(one)?.name ?? '').localeCompare(shape.points.get(other)?.name ?? '')
  const opened = new Set([root])
  const tree: Branch = { point: start, depth: 0, seen: false, branches: [] }
  let layer = [tree]
  while (layer.length > 0) {
    const following: Branch[] = []
    for (const branch of layer) {
      for (const id of (next.get(branch.point.id) ?? []).toSorted(byName)) {
        const point = shape.points.get(id)
        if (point === undefined) continue
        const one: Branch = { point, depth: branch.depth + 1, seen: opened.has(id), branches: [] }
        branch.branches.push(one)
        if (!one.seen) following.push(one)
        opened.add(id)
      }
    }
    layer = following
  }
  return tree
}

/** Where the trees of the whole graph begin: what nothing comes before; of circles, one each. */
export function rootsOf(shape: Shape): string[] {
  const reached = new Set<string>()
  const targets = new Set(shape.wires.map((wire) => wire.target))
  const next = neighbours(shape, 'down')
  const walk = (from: string) => {
    const open = [from]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (reached.has(at)) continue
      reached.add(at)
      open.push(...(next.get(at) ?? []))
    }
  }
  const roots = [...shape.points.keys()].filter((id) => !targets.has(id))
  for (const root of roots) walk(root)
  for (const id of shape.points.keys()) {
    if (reached.has(id)) continue
    roots.push(id)
    walk(id)
  }
  return roots
}

/** All that comes after a node, the nearest first. */
export function impactOf(shape: Shape, root: string): { point: Point; depth: number }[] {
  const found: { point: Point; depth: number }[] = []
  const walk = (branch: Branch) => {
    for (const one of branch.branches) {
      if (one.seen) continue
      found.push({ point: one.point, depth: one.depth })
      walk(one)
    }
  }
  const tree = treeOf(shape, root, 'down')
  if (tree !== null) walk(tree)
  return found.sort((a, b) => a.depth - b.depth || a.point.name.localeCompare(b.point.name))
}
