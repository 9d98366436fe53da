import { describe, expect, it } from 'vitest'
import { isLost } from './lost'

describe('code that could not be loaded', () => {
  it('is known by what each browser says', () => {
    for (const said of [
      'Failed to fetch dynamically imported module: http://x/static/a.js',
      'error loading dynamically imported module: http://x/static/a.js',
      'Importing a module script failed.',
    ])
      expect(isLost(new TypeError(said))).toBe(true)
  })

  it('is nothing else', () => {
    expect(isLost(new TypeError('x is not a function'))).toBe(false)
    expect(isLost('Importing a module script failed.')).toBe(false)
  })
})
