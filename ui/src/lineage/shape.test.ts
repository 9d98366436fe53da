import { describe, expect, it } from 'vitest'
import { assetKey, type Branch, dagKey, impactOf, rootsOf, shapeOf, treeOf } from './shape'

const asset = (id: number, name: string) => ({
  id,
  name,
  uri: name,
  group: 'asset',
  active: true,
  last_at: id === 1 ? '2026-11-22T11:00:00Z' : null,
})
const dag = (dag_id: string) => ({ dag_id, name: dag_id, paused: false, stale: false, owners: 'ann' })
const edge = (
  asset_id: number,
  dag_id: string,
  role: 'schedule' | 'inlet' | 'outlet',
  task_id: string | null = null,
) => ({
  asset_id,
  dag_id,
  role,
  task_id,
})

/** load -> orders -> margin -> report -> publish, and publish reads orders, too. */
const data = {
  position: 1,
  more: false,
  assets: [asset(1, 'orders'), asset(2, 'report')],
  dags: [dag('load'), dag('margin'), dag('publish')],
  edges: [
    edge(1, 'load', 'outlet', 'a'),
    edge(1, 'load', 'outlet', 'b'),
    edge(1, 'margin', 'inlet', 'read'),
    edge(1, 'margin', 'schedule'),
    edge(2, 'margin', 'outlet', 'compute'),
    edge(2, 'publish', 'schedule'),
    edge(1, 'publish', 'inlet', 'look'),
    edge(9, 'publish', 'inlet', 'gone'),
  ],
}

function text(branch: Branch): string {
  const inner = branch.branches.map(text).join(' ')
  return `${branch.point.name}${branch.seen ? '*' : ''}${inner ? `(${inner})` : ''}`
}

describe('the graph', () => {
  const shape = shapeOf(data)

  it('has one edge for each pair, from who makes to who uses', () => {
    expect(shape.wires.map((wire) => [wire.source, wire.target, wire.role, wire.tasks.join()])).toEqual([
      ['d:load', 'a:1', 'outlet', 'a,b'],
      ['a:1', 'd:margin', 'schedule', 'read'],
      ['d:margin', 'a:2', 'outlet', 'compute'],
      ['a:2', 'd:publish', 'schedule', ''],
      ['a:1', 'd:publish', 'inlet', 'look'],
    ])
    expect(shape.wires[0]?.at).toBe('2026-11-22T11:00:00Z')
    expect(shape.wires[1]?.at).toBeNull()
  })

  it('is a tree that opens each node once, where it is nearest', () => {
    expect(text(treeOf(shape, assetKey(1), 'down') as Branch)).toBe('orders(margin(report(publish*)) publish)')
    expect(text(treeOf(shape, dagKey('publish'), 'up') as Branch)).toBe('publish(orders(load) report(margin(orders*)))')
    expect(treeOf(shape, 'a:77', 'down')).toBeNull()
  })

  it('says what an asset concerns', () => {
    expect(impactOf(shape, assetKey(1)).map(({ point, depth }) => `${point.name} ${depth}`)).toEqual([
      'margin 1',
      'publish 1',
      'report 2',
    ])
  })

  it('ends in circles, and begins in each of them', () => {
    const circle = shapeOf({ ...data, edges: [edge(1, 'load', 'outlet', 'a'), edge(1, 'load', 'schedule')] })
    expect(text(treeOf(circle, assetKey(1), 'down') as Branch)).toBe('orders(load(orders*))')
    expect(rootsOf(circle).sort()).toEqual(['a:1', 'a:2', 'd:margin', 'd:publish'])
    expect(rootsOf(shape)).toEqual(['d:load'])
  })
})
