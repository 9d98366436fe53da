import { expect, it } from 'vitest'
import recorded from './en/recorded.json'
import rhythm from './en/rhythm.json'
import said from './en/said.json'
import waits from './en/waits.json'
import { placeOf, placesOf } from './places'
import type { Said } from './said'

it('each text is looked for where it is', () => {
  for (const [place, texts] of Object.entries({ said, waits, rhythm, recorded }))
    for (const group of Object.keys(texts)) expect(`${group}: ${placeOf(`${group}.any`)}`).toBe(`${group}: ${place}`)
})

it('a sentence needs the texts of all its parts', () => {
  const full: Said = { key: 'limit.pool', values: {} }
  const text = { kind: 'text' as const, text: 'a' }
  const sentence = (values: Said['values']): Said => ({ key: 'dag.paused', values })
  expect(placesOf(sentence({}), true)).toEqual(['said'])
  expect(placesOf(sentence({ why: { kind: 'phrase', phrase: full } }), true)).toEqual(['said', 'waits'])
  const parts: Said['values'][string] = {
    kind: 'parts',
    parts: [text, { kind: 'phrase', phrase: full }],
    between: ', ',
  }
  expect(placesOf(sentence({ parts }), false)).toEqual(['said', 'waits'])
  expect(placesOf(sentence({ parts }), true)).toEqual(['said', 'waits', 'recorded'])
})

it('why a file does not load has a place of its own, in other languages', () => {
  const said: Said = { key: 'dag.broken', values: { error: { kind: 'text', text: 'a' } } }
  expect(placesOf(said, false)).toEqual(['said'])
  expect(placesOf(said, true)).toEqual(['said', 'loading'])
})
