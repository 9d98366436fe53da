/**
 * The graph of a DAG: which nodes are shown when groups are collapsed and filters set, and the edges between them.
 *
 * Pure; positions are made by `layout`.
 */
import type { Schemas } from '@/api/client'
import { bytesOf } from '@/canvas/bytes'
import { asState, type State } from '@/components/state'

export type Graph = Schemas['GraphResponse']
export type Node = Schemas['GraphNode']

export type Shown = {
  /** Outer groups before what is in them. */
  nodes: ShownNode[]
  edges: ShownEdge[]
}

export type ShownNode = Node & {
  /** A group whose tasks are not shown one by one. */
  collapsed: boolean
  /** Tasks in the group, also in groups of it. */
  tasks: number
}

export type ShownEdge = {
  id: string
  source: string
  target: string
  label: string | null
  kind: string
  count: number
}

/** The tasks that stay, or all. */
export type Kept = ReadonlySet<string> | null

export class GraphIndex {
  readonly byId = new Map<string, Node>()
  readonly children = new Map<string | null, Node[]>()
  readonly down = new Map<string, string[]>()
  readonly up = new Map<string, string[]>()
  readonly groups: string[] = []
  readonly tasks: string[] = []

  constructor(readonly graph: Graph) {
    for (const node of graph.nodes) this.byId.set(node.id, node)
    for (const node of graph.nodes) {
      const parent = node.parent !== null && this.byId.has(node.parent) ? node.parent : null
      push(this.children, parent, node)
      if (node.kind === 'group') this.groups.push(node.id)
      if (node.kind === 'task') this.tasks.push(node.id)
    }
    for (const { source, target } of graph.edges) {
      push(this.down, source, target)
      push(this.up, target, source)
    }
  }

  /** Groups around a node, innermost first. */
  around(id: string): string[] {
    const found: string[] = []
    for (let at = this.byId.get(id)?.parent ?? null; at !== null && this.byId.has(at); ) {
      found.push(at)
      at = this.byId.get(at)?.parent ?? null
    }
    return found
  }

  /** The node itself, or the outermost collapsed group around it. */
  standIn(id: string, collapsed: ReadonlySet<string>): string {
    return this.around(id).findLast((group) => collapsed.has(group)) ?? id
  }

  /** Everything before or after a node, itself too. */
  reach(id: string, way: 'up' | 'down'): Set<string> {
    const next = way === 'up' ? this.up : this.down
    const found = new Set([id])
    const todo = [id]
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      for (const other of next.get(at) ?? []) {
        if (found.has(other)) continue
        found.add(other)
        todo.push(other)
      }
    }
    return found
  }

  /** Tasks in a group, also in groups of it. */
  tasksIn(group: string): string[] {
    return (this.children.get(group) ?? []).flatMap((node) =>
      node.kind === 'group' ? this.tasksIn(node.id) : node.kind === 'task' ? [node.id] : [],
    )
  }
}

export function shown(index: GraphIndex, collapsed: ReadonlySet<string>, kept: Kept): Shown {
  const nodes: ShownNode[] = []
  const visit = (parent: string | null) => {
    for (const node of index.children.get(parent) ?? []) {
      if (node.kind === 'group') {
        const inside = index.tasksIn(node.id).filter((task) => kept === null || kept.has(task))
        if (inside.length === 0) continue
        const shut = collapsed.has(node.id)
        nodes.push({ ...node, parent, collapsed: shut, tasks: inside.length })
        if (!shut) visit(node.id)
      } else if (kept === null || kept.has(node.id)) {
        nodes.push({ ...node, parent, collapsed: false, tasks: 0 })
      }
    }
  }
  visit(null)
  const there = new Set(nodes.map((node) => node.id))
  const edges = new Map<string, ShownEdge>()
  for (const edge of index.graph.edges) {
    const source = index.standIn(edge.source, collapsed)
    const target = index.standIn(edge.target, collapsed)
    if (source === target || !there.has(source) || !there.has(target)) continue
    const id = wireId(source, target)
    const known = edges.get(id)
    if (known === undefined) edges.set(id, { id, source, target, label: edge.label ?? null, kind: edge.kind, count: 1 })
    else {
      known.count += 1
      if (known.label !== (edge.label ?? null)) known.label ??= edge.label ?? null
      if (known.kind !== edge.kind) known.kind = 'task'
    }
  }
  return { nodes, edges: [...edges.values()] }
}

/** So many nodes are shown before groups are collapsed by themselves. */
export const COMFORTABLE = 120

/** The groups that are collapsed at first: none when all fits, else those outside, except around what is `wanted`. */
export function collapsedAtFirst(index: GraphIndex, wanted: readonly string[] = []): Set<string> {
  if (index.tasks.length <= COMFORTABLE) return new Set()
  const open = new Set(wanted.flatMap((id) => index.around(id)))
  return new Set(index.groups.filter((group) => !open.has(group)))
}

/** The edges, as `shown` names them, along which the critical path goes: from one task of it right to the next one. */
export function hotWires(index: GraphIndex, path: readonly string[], collapsed: ReadonlySet<string>): Set<string> {
  const found = new Set<string>()
  for (const [place, task] of path.entries()) {
    const before = path[place - 1]
    // between the two may lie what never ran
    if (before === undefined || !index.down.get(before)?.includes(task)) continue
    found.add(wireId(index.standIn(before, collapsed), index.standIn(task, collapsed)))
  }
  return found
}

function wireId(source: string, target: string): string {
  return `${source}\n${target}`
}

export type Counts = Partial<Record<State, number>>

export type RunStates = {
  state: Map<string, State>
  /** Of mapped tasks: how many instances are in which state. */
  counts: Map<string, Counts>
  /** The tasks that decided how long the run took, first to last. */
  critical: readonly string[]
}

export function readStates(data: Schemas['GraphStatesResponse']): RunStates {
  const bytes = bytesOf(data.states)
  const state = new Map<string, State>()
  for (const [place, task] of data.tasks.entries()) {
    const code = bytes[place] ?? 0
    if (code !== 0) state.set(task, asState(data.state_codes[code]))
  }
  const counts = new Map<string, Counts>()
  for (const { task, counts: found } of data.mapped) {
    const id = data.tasks[task]
    if (id === undefined) continue
    const named: Counts = {}
    for (const [name, count] of Object.entries(found)) named[asState(name)] = (named[asState(name)] ?? 0) + count
    counts.set(id, named)
  }
  return { state, counts, critical: data.critical_path }
}

/** How many tasks of a group are in which state. */
export function groupCounts(index: GraphIndex, group: string, states: RunStates): Counts {
  const found: Counts = {}
  for (const task of index.tasksIn(group)) {
    const state = states.state.get(task)
    if (state !== undefined) found[state] = (found[state] ?? 0) + 1
  }
  return found
}

export const FAILED: ReadonlySet<State> = new Set<State>(['failed', 'upstream_failed', 'up_for_retry'])

/** What one looks for in a run, the most pressing first. */
const PRESSING: readonly State[][] = [
  ['failed'],
  ['awaiting_input'],
  ['running', 'restarting'],
  ['up_for_retry', 'up_for_reschedule', 'deferred', 'queued'],
]

/** The task where a large picture of a run begins: the first one that failed, else that waits for somebody, runs or is
 * about to.  Undefined where all is said and done. */
export function spotOf(states: RunStates): string | undefined {
  for (const wanted of PRESSING) {
    // the states come in the order of the graph
    for (const [task, state] of states.state) if (wanted.includes(state)) return task
  }
  return undefined
}

/** The tasks that failed, with what is right before and after them. */
export function failedWithNeighbours(index: GraphIndex, states: RunStates): Set<string> {
  const found = new Set<string>()
  for (const [task, state] of states.state) {
    if (!FAILED.has(state)) continue
    found.add(task)
    for (const other of [...(index.up.get(task) ?? []), ...(index.down.get(task) ?? [])]) found.add(other)
  }
  return found
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
