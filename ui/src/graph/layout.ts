/**
 * Where the nodes of a graph stand.  Pure; runs in a worker, for it takes seconds when there are many.
 *
 * Groups are laid out from the inside: each is a picture of its own, and stands as one node in the picture around it.
 * Small pictures by dagre; large ones by layers, which grows with the edges only.
 */
import { layout as dagre, Graph } from '@dagrejs/dagre'

export type LayoutNode = { id: string; parent: string | null; width: number; height: number; open: boolean }
export type LayoutEdge = { source: string; target: string; label: boolean }
export type Direction = 'LR' | 'TB'
export type LayoutRequest = { nodes: LayoutNode[]; edges: LayoutEdge[]; direction: Direction }
/** Places relative to the group that a node is in. */
export type Box = { x: number; y: number; width: number; height: number }
export type LayoutAnswer = Record<string, Box>

export const PAD = 16
export const TITLE = 40
const BETWEEN = 22
const RANKS = 56
const LABEL = 90
const DAGRE_MOST = 250

export function layout({ nodes, edges, direction }: LayoutRequest): LayoutAnswer {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const inside = new Map<string | null, LayoutNode[]>()
  for (const node of nodes) {
    const list = inside.get(node.parent)
    if (list) list.push(node)
    else inside.set(node.parent, [node])
  }
  const boxes: LayoutAnswer = {}
  const pathOf = (id: string) => {
    const path: string[] = [id]
    for (let at = byId.get(id)?.parent ?? null; at !== null; at = byId.get(at)?.parent ?? null) path.unshift(at)
    return path
  }
  // each edge belongs to the innermost picture that both its ends are in
  const own = new Map<string | null, LayoutEdge[]>()
  for (const edge of edges) {
    const [a, b] = [pathOf(edge.source), pathOf(edge.target)]
    let level = 0
    while (level < a.length - 1 && level < b.length - 1 && a[level] === b[level]) level += 1
    const source = a[level]
    const target = b[level]
    if (source === undefined || target === undefined || source === target) continue
    const where = level === 0 ? null : (a[level - 1] as string)
    const lifted = { source, target, label: edge.label }
    const list = own.get(where)
    if (list) list.push(lifted)
    else own.set(where, [lifted])
  }
  const place = (parent: string | null): { width: number; height: number } => {
    const here = (inside.get(parent) ?? []).map((node) => {
      if (!node.open) return node
      const size = place(node.id)
      return { ...node, width: Math.max(size.width + 2 * PAD, node.width), height: size.height + PAD + TITLE }
    })
    const found = arrange(here, own.get(parent) ?? [], direction)
    let width = 0
    let height = 0
    for (const [id, box] of found) {
      width = Math.max(width, box.x + box.width)
      height = Math.max(height, box.y + box.height)
      boxes[id] = parent === null ? box : { ...box, x: box.x + PAD, y: box.y + TITLE }
    }
    return { width, height }
  }
  place(null)
  return boxes
}

function arrange(nodes: LayoutNode[], edges: LayoutEdge[], direction: Direction): Map<string, Box> {
  return nodes.length <= DAGRE_MOST ? byDagre(nodes, edges, direction) : byLayers(nodes, edges, direction)
}

function byDagre(nodes: LayoutNode[], edges: LayoutEdge[], direction: Direction): Map<string, Box> {
  const graph = new Graph()
  graph.setGraph({ rankdir: direction, nodesep: BETWEEN, ranksep: RANKS, marginx: 0, marginy: 0 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of nodes) graph.setNode(id, { width, height })
  for (const { source, target, label } of edges) {
    graph.setEdge(source, target, label ? { width: LABEL, height: 16, labelpos: 'c' } : {})
  }
  dagre(graph)
  const found = new Map<string, Box>()
  let left = Number.POSITIVE_INFINITY
  let top = Number.POSITIVE_INFINITY
  for (const { id, width, height } of nodes) {
    const { x, y } = graph.node(id) as { x: number; y: number }
    found.set(id, { x: x - width / 2, y: y - height / 2, width, height })
    left = Math.min(left, x - width / 2)
    top = Math.min(top, y - height / 2)
  }
  for (const box of found.values()) {
    box.x -= left
    box.y -= top
  }
  return found
}

/** Nodes in layers by the longest way to them, within a layer near what comes before them. */
export function byLayers(nodes: LayoutNode[], edges: LayoutEdge[], direction: Direction): Map<string, Box> {
  const above = new Map<string, string[]>(nodes.map((node) => [node.id, []]))
  const below = new Map<string, string[]>(nodes.map((node) => [node.id, []]))
  for (const { source, target } of edges) {
    above.get(target)?.push(source)
    below.get(source)?.push(target)
  }
  const rank = new Map<string, number>()
  const waits = new Map(nodes.map((node) => [node.id, above.get(node.id)?.length ?? 0]))
  const ready = nodes.filter((node) => waits.get(node.id) === 0).map((node) => node.id)
  for (let index = 0; index < ready.length; index += 1) {
    const id = ready[index] as string
    rank.set(id, Math.max(0, ...(above.get(id) ?? []).map((other) => (rank.get(other) ?? 0) + 1)))
    for (const next of below.get(id) ?? []) {
      const left = (waits.get(next) ?? 1) - 1
      waits.set(next, left)
      if (left === 0) ready.push(next)
    }
  }
  // a group can be before and after another one: what is left over stands at the end
  const layers: LayoutNode[][] = []
  for (const node of nodes) {
    const at = rank.get(node.id) ?? layers.length
    while (layers.length <= at) layers.push([])
    layers[at]?.push(node)
  }
  const centre = new Map<string, number>()
  const flat = direction === 'LR'
  const found = new Map<string, Box>()
  let along = 0
  for (const layer of layers) {
    const order = layer.map((node, index) => {
      const before = (above.get(node.id) ?? []).flatMap((id) => centre.get(id) ?? [])
      const sum = before.reduce((total, value) => total + value, 0)
      return { node, at: before.length > 0 ? sum / before.length : index * BETWEEN }
    })
    order.sort((one, two) => one.at - two.at)
    let across = 0
    let deepest = 0
    for (const { node } of order) {
      const { width, height } = node
      found.set(node.id, flat ? { x: along, y: across, width, height } : { x: across, y: along, width, height })
      const thick = flat ? height : width
      centre.set(node.id, across + thick / 2)
      across += thick + BETWEEN
      deepest = Math.max(deepest, flat ? width : height)
    }
    along += deepest + RANKS
  }
  return found
}
