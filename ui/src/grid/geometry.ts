/** Where things are in the picture of the grid, in CSS pixels of the whole picture. */

export const ROW = 24
export const COLUMN = 20
export const HEAD = 84

export type Place = { row: number; column: number }

/** Row -1 are the runs, column -1 are the tasks. */
export function placeAt(x: number, y: number, scroll: { left: number; top: number }, labels: number): Place {
  return {
    row: y < HEAD ? -1 : Math.floor((y - HEAD + scroll.top) / ROW),
    column: x < labels ? -1 : Math.floor((x - labels + scroll.left) / COLUMN),
  }
}

/** How far to scroll so that a cell is seen beside labels and heads. */
export function scrollTo(
  place: Place,
  view: { left: number; top: number; width: number; height: number },
  labels: number,
): { left: number; top: number } {
  let { left, top } = view
  if (place.column >= 0) {
    const x = place.column * COLUMN
    left = Math.min(left, x)
    left = Math.max(left, x + COLUMN - (view.width - labels))
  }
  if (place.row >= 0) {
    const y = place.row * ROW
    top = Math.min(top, y)
    top = Math.max(top, y + ROW - (view.height - HEAD))
  }
  return { left: Math.max(0, left), top: Math.max(0, top) }
}

/** Where a key leads; null: it is none of ours. */
export function step(
  key: string,
  from: Place,
  size: { rows: number; columns: number },
  page: number,
  all: boolean,
): Place | null {
  const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value))
  const to = (row: number, column: number) => ({
    row: clamp(row, size.columns > 0 ? -1 : 0, size.rows - 1),
    column: clamp(column, -1, size.columns - 1),
  })
  switch (key) {
    case 'ArrowUp':
      return to(from.row - 1, from.column)
    case 'ArrowDown':
      return to(from.row + 1, from.column)
    case 'ArrowLeft':
      return to(from.row, from.column - 1)
    case 'ArrowRight':
      return to(from.row, from.column + 1)
    case 'PageUp':
      return to(Math.max(0, from.row - page), from.column)
    case 'PageDown':
      return to(from.row + page, from.column)
    case 'Home':
      return to(all ? 0 : from.row, -1)
    case 'End':
      return to(all ? size.rows - 1 : from.row, size.columns - 1)
    default:
      return null
  }
}
