import { expect, test } from 'vitest'
import { inChunks } from './chunks'

test('work is done piece by piece, in order, and says how far it is', async () => {
  const seen: number[][] = []
  const told: number[] = []
  const answers = await inChunks(
    [1, 2, 3, 4, 5],
    2,
    async (piece) => {
      seen.push(piece)
      return piece.length
    },
    (done) => told.push(done),
  )
  expect(seen).toEqual([[1, 2], [3, 4], [5]])
  expect(told).toEqual([2, 4, 5])
  expect(answers).toEqual([2, 2, 1])
})

test('what fails ends it: later pieces are not begun', async () => {
  const seen: number[] = []
  const work = inChunks([1, 2, 3], 1, async ([item]) => {
    seen.push(item as number)
    if (item === 2) throw new Error('refused')
  })
  await expect(work).rejects.toThrow('refused')
  expect(seen).toEqual([1, 2])
})
