import { describe, expect, it } from 'vitest'
import { asText, type Field, fieldsOf, fromText, isLacking, NotAValue } from './schema'

function field(schema: Record<string, unknown>, value: unknown = null): Field {
  return fieldsOf({ x: { value, schema, description: null } })[0]!
}

describe('fieldsOf', () => {
  it.each([
    [{ type: 'string' }, 'text'],
    [{ type: ['string', 'null'], format: 'date' }, 'date'],
    [{ type: 'string', format: 'multiline' }, 'lines'],
    [{ type: 'string', enum: ['a', 'b'] }, 'choice'],
    [{ type: 'integer', minimum: 1 }, 'integer'],
    [{ type: 'boolean' }, 'switch'],
    [{ type: 'array' }, 'items'],
    [{ type: 'array', items: { type: 'string', enum: ['a'] } }, 'choices'],
    [{ type: 'array', items: { type: 'object' } }, 'json'],
    [{ type: 'object' }, 'json'],
    [{}, 'text'],
  ])('%j is a %s', (schema, kind) => {
    expect(field(schema).kind).toBe(kind)
  })

  it('guesses from a bare value', () => {
    const kinds = fieldsOf({ a: 1, b: 1.5, c: 'x', d: true, e: [1], f: { k: 1 } }).map((one) => one.kind)
    expect(kinds).toEqual(['integer', 'number', 'text', 'switch', 'items', 'json'])
  })

  it('knows what is required, and its words', () => {
    expect(field({ type: ['null', 'string'] }).required).toBe(false)
    expect(field({ type: 'string', title: 'City' })).toMatchObject({ required: true, title: 'City' })
    expect(field({ type: 'string', enum: ['a'], values_display: { a: 'Apple' } }).options).toEqual([
      { value: 'a', word: 'Apple' },
    ])
  })
})

it('knows what has no default', () => {
  expect(isLacking(field({ type: 'string' }), null)).toBe(true)
  expect(isLacking(field({ type: 'string' }), '')).toBe(false)
  expect(isLacking(field({ type: ['string', 'null'] }), null)).toBe(false)
  expect(isLacking(field({ enum: ['a', null] }), null)).toBe(false)
})

describe('texts', () => {
  it.each([
    [{ type: 'integer' }, 42],
    [{ type: 'number' }, 1.5],
    [{ type: 'string' }, 'two words'],
    [{ type: 'array' }, ['a', 'b']],
    [{ type: 'object' }, { a: [1, null] }],
    [{ type: 'string', format: 'date' }, '2026-02-28'],
    [{ type: ['string', 'null'] }, null],
    [{ type: ['integer', 'null'] }, null],
  ])('of %j come back as %j', (schema, value) => {
    const one = field(schema, value)
    expect(fromText(one, asText(one, value))).toEqual(value)
  })

  it('give times a zone', () => {
    const at = field({ type: 'string', format: 'date-time' }, '2026-02-28T10:00:00+09:00')
    expect(asText(at, '2026-02-28T10:00:00+09:00', 'Europe/Berlin')).toBe('2026-02-28T02:00:00')
    expect(fromText(at, '2026-02-28T02:00', 'Europe/Berlin')).toBe('2026-02-28T01:00:00Z')
    expect(asText(at, 'today')).toBe('today')
    expect(fromText(field({ type: 'string', format: 'date-time' }), '2026-02-28T10:00')).toBe('2026-02-28T10:00:00Z')
  })

  it('show a time with another zone as it is in UTC', () => {
    const one = field({ type: 'string', format: 'date-time' })
    expect(asText(one, '2026-02-28T10:00:00+09:00')).toBe('2026-02-28T01:00:00')
    expect(asText(one, '2026-02-28T10:00:00.250Z')).toBe('2026-02-28T10:00:00')
    expect(asText(one, '2026-02-28T10:00')).toBe('2026-02-28T10:00')
  })

  it.each([
    [{ type: 'string', pattern: '^[A-Z]{2}$' }, 'a1', 'pattern'],
    [{ type: 'integer' }, '1.5', 'number'],
    [{ type: 'number' }, 'x', 'number'],
    [{ type: 'object' }, '{a', 'json'],
    [{ type: 'integer' }, '', 'required'],
    [{ type: 'integer', minimum: 1, maximum: 31 }, '0', 'minimum'],
    [{ type: 'number', maximum: 0.5 }, '0.6', 'maximum'],
    [{ type: 'string', minLength: 3 }, 'ab', 'minLength'],
    [{ type: 'string', maxLength: 3 }, 'abcd', 'maxLength'],
  ])('of %j: %s is no value', (schema, text, why) => {
    expect(() => fromText(field(schema), text)).toThrow(new NotAValue(why))
  })

  it('keep an empty text when one is wanted', () => {
    expect(fromText(field({ type: 'string' }), '')).toBe('')
  })
})
