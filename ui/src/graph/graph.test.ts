import { describe, expect, it } from 'vitest'
import type { State } from '@/components/state'
import { byLayers, type LayoutNode, layout, TITLE } from './layout'
import {
  COMFORTABLE,
  collapsedAtFirst,
  failedWithNeighbours,
  type Graph,
  GraphIndex,
  groupCounts,
  hotWires,
  type Node,
  readStates,
  shown,
  spotOf,
} from './model'

function node(id: string, parent: string | null = null, kind: Node['kind'] = 'task'): Node {
  return {
    id,
    kind,
    label: id,
    parent,
    operator: null,
    trigger_rule: null,
    mapped: false,
    setup: false,
    teardown: false,
    sensor: false,
    uri: null,
    tooltip: null,
    color: null,
    text_color: null,
  }
}

function graph(nodes: Node[], edges: [string, string, string?][]): Graph {
  return {
    dag_id: 'shop',
    version_number: 1,
    version_id: 'v',
    nodes,
    edges: edges.map(([source, target, label]) => ({ source, target, label: label ?? null, kind: 'task' })),
  }
}

const INDEX = new GraphIndex(
  graph(
    [
      node('g', null, 'group'),
      node('g.in', 'g', 'group'),
      node('a'),
      node('g.b', 'g'),
      node('g.in.c', 'g.in'),
      node('z'),
    ],
    [
      ['a', 'g.b', 'rows'],
      ['a', 'g.in.c'],
      ['g.b', 'g.in.c'],
      ['g.in.c', 'z'],
    ],
  ),
)

const none = new Set<string>()
const names = (collapsed: string[], kept: Set<string> | null = null) => {
  const { nodes, edges } = shown(INDEX, new Set(collapsed), kept)
  return { nodes: nodes.map((one) => one.id), edges: edges.map((one) => `${one.source}>${one.target}`) }
}

describe('what is shown of a graph', () => {
  it('is everything, groups before what is in them', () => {
    expect(names([])).toEqual({
      nodes: ['g', 'g.in', 'g.in.c', 'g.b', 'a', 'z'],
      edges: ['a>g.b', 'a>g.in.c', 'g.b>g.in.c', 'g.in.c>z'],
    })
  })

  it('lifts edges to collapsed groups, each once', () => {
    expect(names(['g'])).toEqual({ nodes: ['g', 'a', 'z'], edges: ['a>g', 'g>z'] })
    expect(names(['g.in'])).toEqual({
      nodes: ['g', 'g.in', 'g.b', 'a', 'z'],
      edges: ['a>g.b', 'a>g.in', 'g.b>g.in', 'g.in>z'],
    })
    const [first] = shown(INDEX, new Set(['g']), null).edges
    expect(first).toMatchObject({ label: 'rows', count: 2 })
  })

  it('keeps what a filter leaves, with the groups around it', () => {
    expect(names([], INDEX.reach('g.b', 'down')).nodes).toEqual(['g', 'g.in', 'g.in.c', 'g.b', 'z'])
    expect(names([], INDEX.reach('g.b', 'up'))).toEqual({ nodes: ['g', 'g.b', 'a'], edges: ['a>g.b'] })
  })

  it('collapses groups at first only when there is too much, and not around what is wanted', () => {
    expect(collapsedAtFirst(INDEX)).toEqual(none)
    const many = Array.from({ length: COMFORTABLE + 1 }, (_, index) => node(`g.t${index}`, 'g'))
    const large = new GraphIndex(
      graph([node('g', null, 'group'), node('h', null, 'group'), node('h.x', 'h'), ...many], []),
    )
    expect(collapsedAtFirst(large)).toEqual(new Set(['g', 'h']))
    expect(collapsedAtFirst(large, ['g.t3'])).toEqual(new Set(['h']))
  })
})

describe('where a large picture begins', () => {
  const states = (...given: [string, State][]) => ({
    state: new Map(given),
    counts: new Map(),
    critical: [],
  })

  it('is the first task that failed, before all that runs', () => {
    expect(spotOf(states(['a', 'success'], ['b', 'running'], ['c', 'failed'], ['d', 'failed']))).toBe('c')
  })

  it('is what waits for somebody, then what runs, then what is about to', () => {
    expect(spotOf(states(['a', 'running'], ['b', 'awaiting_input']))).toBe('b')
    expect(spotOf(states(['a', 'queued'], ['b', 'running']))).toBe('b')
    expect(spotOf(states(['a', 'success'], ['b', 'up_for_retry'], ['c', 'none']))).toBe('b')
  })

  it('is nowhere when all went well', () => {
    expect(spotOf(states(['a', 'success'], ['b', 'skipped']))).toBeUndefined()
  })
})

describe('the states of a run', () => {
  const states = readStates({
    position: 1,
    dag_id: 'shop',
    run_id: 'r',
    run_state: 'failed',
    version_number: 1,
    tasks: ['a', 'g.b', 'g.in.c', 'z'],
    states: btoa(String.fromCharCode(1, 1, 2, 0)),
    state_codes: ['absent', 'success', 'failed'],
    try_number: [1, 1, 1, 0],
    start: [null, null, null, null],
    end: [null, null, null, null],
    critical_path: ['a', 'g.in.c'],
    mapped: [{ task: 1, counts: { success: 2, no_status: 1 } }],
  })

  it('are read by task', () => {
    expect([...states.state]).toEqual([
      ['a', 'success'],
      ['g.b', 'success'],
      ['g.in.c', 'failed'],
    ])
    expect(states.counts.get('g.b')).toEqual({ success: 2, none: 1 })
  })

  it('have the critical path in its order', () => {
    expect(states.critical).toEqual(['a', 'g.in.c'])
  })

  it('are counted by group', () => {
    expect(groupCounts(INDEX, 'g', states)).toEqual({ success: 1, failed: 1 })
  })

  it('tell what failed, and what is next to it', () => {
    expect(failedWithNeighbours(INDEX, states)).toEqual(new Set(['g.in.c', 'a', 'g.b', 'z']))
  })
})

describe('the wires of the critical path', () => {
  const edges = (path: string[], shut: string[] = []) => {
    const collapsed = new Set(shut)
    const hot = hotWires(INDEX, path, collapsed)
    const there = shown(INDEX, collapsed, null).edges
    const found = there.filter((edge) => hot.has(edge.id)).map((edge) => `${edge.source} > ${edge.target}`)
    expect(found).toHaveLength(hot.size)
    return found
  }

  it('go from each task to the next one, not between others of the path', () => {
    expect(edges(['a', 'g.b', 'g.in.c'])).toEqual(['a > g.b', 'g.b > g.in.c'])
  })

  it('are none where what never ran lies between', () => {
    expect(edges(['g.b', 'z'])).toEqual([])
    expect(edges(['a', 'z'], ['g'])).toEqual([])
    expect(edges(['a'])).toEqual([])
  })

  it('go to and from the groups that stand for tasks', () => {
    expect(edges(['a', 'g.in.c', 'z'], ['g'])).toEqual(['a > g', 'g > z'])
  })
})

describe('the layout', () => {
  const box = (id: string, parent: string | null = null, open = false): LayoutNode => ({
    id,
    parent,
    width: 100,
    height: 40,
    open,
  })
  const nodes = [box('a'), box('g', null, true), box('b', 'g'), box('c', 'g'), box('z')]
  const edges = [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'z'],
  ].map(([source, target]) => ({ source: source as string, target: target as string, label: false }))

  it('puts what comes after to the right, and groups around what is in them', () => {
    const found = layout({ nodes, edges, direction: 'LR' })
    const right = (id: string) => (found[id]?.x ?? 0) + (found[id]?.width ?? 0)
    expect(found.g?.x).toBeGreaterThan(right('a'))
    expect(found.z?.x).toBeGreaterThan(right('g'))
    expect(found.c?.x).toBeGreaterThan(right('b'))
    expect(right('c')).toBeLessThanOrEqual(found.g?.width ?? 0)
    expect(found.b?.y).toBeGreaterThanOrEqual(TITLE)
    expect((found.c?.y ?? 0) + 40).toBeLessThanOrEqual(found.g?.height ?? 0)
  })

  it('goes down when it is asked to', () => {
    const found = layout({ nodes, edges, direction: 'TB' })
    expect(found.z?.y).toBeGreaterThan((found.g?.y ?? 0) + (found.g?.height ?? 0))
  })

  it('of thousands of nodes has no two in one place', () => {
    const many = Array.from({ length: 3000 }, (_, index) => box(`t${index}`))
    const wires = many.slice(1).map((one, index) => ({ source: `t${index >> 2}`, target: one.id, label: false }))
    const found = layout({ nodes: many, edges: wires, direction: 'LR' })
    expect(new Set(Object.values(found).map(({ x, y }) => `${x} ${y}`)).size).toBe(3000)
    for (const { source, target } of wires) expect(found[target]?.x).toBeGreaterThan(found[source]?.x ?? 0)
  })

  it('bears groups that are before and after each other', () => {
    const found = byLayers(
      [box('a'), box('b')],
      [
        { source: 'a', target: 'b', label: false },
        { source: 'b', target: 'a', label: false },
      ],
      'LR',
    )
    expect(found.size).toBe(2)
  })
})
