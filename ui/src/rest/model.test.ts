import { describe, expect, it } from 'vitest'
import { asCurl, grouped, type OpenApi, operationsOf, typeOf } from './model'

const DOCUMENT: OpenApi = {
  paths: {
    '/api/v2/dags/{dag_id}': {
      get: {
        operationId: 'get_dag',
        tags: ['DAG'],
        description: 'One DAG.',
        security: [{}],
        parameters: [
          { name: 'dag_id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'limit', in: 'query', description: 'At most.', schema: { type: 'integer', default: 50 } },
        ],
        responses: {
          200: {
            description: 'Good',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Dag' } } },
          },
        },
      },
    },
    '/api/v2/pools': {
      post: {
        operationId: 'post_pool',
        tags: ['Pool'],
        summary: 'Make a pool',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/PoolBody' } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Dag: { type: 'object', properties: { dag_id: { type: 'string' } } },
      State: { enum: ['on', 'off'] },
      PoolBody: {
        type: 'object',
        required: ['name', 'slots', 'state'],
        properties: {
          name: { type: 'string', description: "It's its name." },
          slots: { type: 'integer' },
          state: { $ref: '#/components/schemas/State' },
          note: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        },
      },
    },
  },
}

const [dag, pool] = operationsOf(DOCUMENT) as [ReturnType<typeof operationsOf>[0], ReturnType<typeof operationsOf>[0]]

describe('an operation', () => {
  it('has its parameters, the fields of its body and its answers', () => {
    expect(dag).toMatchObject({ id: 'get_dag', method: 'GET', group: 'DAG', what: 'One DAG.', login: true })
    expect(dag.fields).toEqual([
      { name: 'dag_id', place: 'path', type: 'string', required: true, what: '' },
      { name: 'limit', place: 'query', type: 'integer', required: false, standard: '50', what: 'At most.' },
    ])
    expect(dag.answers).toEqual([{ status: '200', type: 'Dag', what: 'Good' }])
    expect(dag.returned).toMatchObject([{ name: 'dag_id', type: 'string' }])
    expect(pool.returned).toEqual([])
    expect(pool.what).toBe('Make a pool')
    expect(pool.fields.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['name', 'string', true],
      ['slots', 'integer', true],
      ['state', '"on" | "off"', true],
      ['note', 'string | null', false],
    ])
  })

  it('comes first where clients of Airflow know it', () => {
    const one = { get: { operationId: 'x' } }
    const paths = ['/api/tradewind/x', '/auth/token', '/api/v2/x', '/other'].map((path) => [path, one] as const)
    const found = operationsOf({ paths: Object.fromEntries(paths) })
    expect(found.map(({ path }) => path)).toEqual(['/api/v2/x', '/auth/token', '/api/tradewind/x', '/other'])
  })

  it('can be copied for a terminal', () => {
    expect(asCurl('http://here', dag, true)).toBe(
      `curl 'http://here/api/v2/dags/{dag_id}' \\\n  -H "Authorization: Bearer $TRADEWIND_TOKEN"`,
    )
    expect(asCurl('http://here', pool, true)).toBe(
      `curl -X POST http://here/api/v2/pools \\\n  -H 'Content-Type: application/json' \\\n` +
        `  -d '{"name":"","slots":0,"state":"on"}'`,
    )
  })

  it('is found by words of what it is', () => {
    expect(grouped([dag, pool], '').map(([group]) => group)).toEqual(['DAG', 'Pool'])
    expect(grouped([dag, pool], 'get DAG')).toEqual([['DAG', [dag]]])
    expect(grouped([dag, pool], 'nothing')).toEqual([])
  })
})

describe('a type', () => {
  it('is said in a few words', () => {
    expect(typeOf({ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } }, {})).toBe(
      '(string | null)[]',
    )
    expect(typeOf({ type: 'string', format: 'date-time' }, {})).toBe('string (date-time)')
    expect(typeOf({ const: 'a' }, {})).toBe('"a"')
    expect(typeOf({}, {})).toBe('any')
  })
})
