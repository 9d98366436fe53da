import { expect, it } from 'vitest'
import { secondsOfIso } from './iso-duration'

it.each([
  ['PT1H30M', 5400],
  ['P2DT3.5S', 172_803.5],
  ['P1D', 86_400],
  ['-PT5M', -300],
  ['PT', null],
  ['P', null],
  ['90', null],
])('%s is %s seconds', (text, seconds) => {
  expect(secondsOfIso(text)).toBe(seconds)
})
