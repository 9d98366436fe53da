import { expect, it } from 'vitest'
import { changedLines } from './changed'

it('lines of a change are counted, with or without the last line end', () => {
  expect(changedLines([])).toEqual({ added: 0, removed: 0 })
  expect(
    changedLines([
      { before: 'a\n', after: 'b\nc\n' },
      { before: '', after: 'd' },
      { before: 'e\nf', after: '' },
    ]),
  ).toEqual({ added: 3, removed: 3 })
})
