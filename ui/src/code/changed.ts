/** How many lines a change adds and removes. */

/** Pieces of the text before and after that differ; each is of whole lines, the last line end may be missing. */
export function changedLines(pieces: readonly { before: string; after: string }[]): { added: number; removed: number } {
  return pieces.reduce(
    (sum, piece) => ({ added: sum.added + linesOf(piece.after), removed: sum.removed + linesOf(piece.before) }),
    { added: 0, removed: 0 },
  )
}

function linesOf(text: string): number {
  if (text === '') return 0
  return text.replace(/\n$/, '').split('\n').length
}
