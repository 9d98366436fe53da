import { expect, test } from 'vitest'
import { differences } from './differences'

test('only what differs is told', () => {
  expect(differences({ slots: 1, name: 'p' }, { slots: 2, name: 'p' })).toEqual([
    { name: 'slots', before: 1, after: 2 },
  ])
  expect(differences(null, { a: [1] })).toEqual([{ name: 'a', before: undefined, after: [1] }])
  expect(differences({ a: null }, { a: 1 })).toEqual([{ name: 'a', before: null, after: 1 }])
  // of what is new, or gone, only what it had
  expect(differences({ a: null, b: 0, c: [], d: '' }, null)).toEqual([{ name: 'b', before: 0, after: undefined }])
  expect(differences(null, { a: {}, b: false })).toEqual([{ name: 'b', before: undefined, after: false }])
  expect(differences(null, null)).toEqual([])
})
