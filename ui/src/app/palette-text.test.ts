import { expect, it } from 'vitest'
import { means, nameIn } from './palette-text'

it.each([
  ['trigger sales', 'Trigger daily_sales', true],
  ['sales trig', 'Trigger daily_sales', true],
  ['', 'anything', true],
  ['pause sales', 'Trigger daily_sales', false],
])('%j means %j: %s', (text, label, is) => {
  expect(means(text, label)).toBe(is)
})

it.each([
  ['trigger sales', 'sales'],
  ['sales trig', 'sales'],
  ['trigger', 'trigger'],
  ['sales', 'sales'],
  ['2026-11-22 trigger sales', '2026-11-22 sales'],
  ['tr sales', 'tr sales'],
])('%j looks for %j', (text, name) => {
  expect(nameIn(text, ['Trigger', 'Backfill'])).toBe(name)
})
