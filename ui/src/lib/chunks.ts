/** Long work in pieces that a server answers soon. */

/** Each piece of at most `size` items after the other; `onProgress` hears how many are done. */
export async function inChunks<Item, Answer>(
  items: readonly Item[],
  size: number,
  work: (piece: Item[]) => Promise<Answer>,
  onProgress: (done: number) => void = () => undefined,
): Promise<Answer[]> {
  const answers: Answer[] = []
  for (let start = 0; start < items.length; start += size) {
    const piece = items.slice(start, start + size)
    answers.push(await work(piece))
    onProgress(start + piece.length)
  }
  return answers
}
