import { describe, expect, it } from 'vitest'
import { effects } from './effects'

const orders = { name: 'orders', uri: 's3://lake/orders' }
const seen = '2026-11-22T11:00:00Z'
const waiter = (given: object = {}) => ({
  dag_id: 'waiter',
  name: 'Waiter',
  paused: false,
  any_of: false,
  partitioned: false,
  needs: [
    { name: 'orders', seen_at: null },
    { name: 'prices', seen_at: null },
  ],
  partitions: [],
  ...given,
})

describe('what an event does', () => {
  it('names what a DAG still waits for', () => {
    expect(effects([waiter()], orders, false)).toEqual([
      { kind: 'waits', dagId: 'waiter', name: 'Waiter', missing: ['prices'] },
    ])
  })

  it('makes a run when the rest came already, or one is enough', () => {
    const needs = [
      { name: 'orders', seen_at: null },
      { name: 'prices', seen_at: seen },
    ]
    expect(effects([waiter({ needs })], orders, false)[0]?.kind).toBe('runs')
    expect(effects([waiter({ any_of: true })], orders, false)[0]?.kind).toBe('runs')
    const byUri = [{ name: 's3://lake/orders', seen_at: null }]
    expect(effects([waiter({ needs: byUri })], orders, false)[0]?.kind).toBe('runs')
  })

  it('makes none of a paused DAG, and says that partitions decide', () => {
    expect(effects([waiter({ paused: true, any_of: true })], orders, false)[0]?.kind).toBe('paused')
    expect(effects([waiter({ partitioned: true })], orders, false)[0]?.kind).toBe('partitioned')
  })
})
