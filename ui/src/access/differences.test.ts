import { expect, test } from 'vitest'
import { differences } from './differences'

test('only what differs is told', () => {
  expect(differences({ slots: 1, name: 'p' }, { slots: 2, name: 'p' })).toEqual([
    { name: 'slots', before: 1, after: 2 },
  ])
  expect(differences(null, { a: [1] })).toEqual([{ name: 'a', before: undefined, after: [1] }])
  expect(differences({ a: null }, null)).toEqual([{ name: 'a', before: null, after: undefined }])
  expect(differences(null, null)).toEqual([])
})
