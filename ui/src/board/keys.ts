/** Where the keyboard leads on a board: along the wires first, then to what is near. */
import { next, type Way } from './geometry'
import type { Card, Wire } from './types'

const HEAD = 32

export type Ends = ReadonlyMap<string, { from: readonly Card[]; to: readonly Card[] }>

/** Of each card what leads to it and what it leads to. */
export function endsOf(wires: readonly Wire[], byId: ReadonlyMap<string, Card>): Ends {
  const found = new Map<string, { from: Card[]; to: Card[] }>()
  const of = (id: string) => {
    const known = found.get(id)
    if (known) return known
    const made = { from: [], to: [] }
    found.set(id, made)
    return made
  }
  for (const wire of wires) {
    const [source, target] = [byId.get(wire.source), byId.get(wire.target)]
    if (source === undefined || target === undefined) continue
    of(target.id).from.push(source)
    of(source.id).to.push(target)
  }
  return found
}

/** The cards at which the keyboard stops; one that others stand on is where its head is. */
export function stopsOf(cards: readonly Card[]): Card[] {
  return cards.filter((card) => card.stop).map((card) => (card.open ? { ...card, height: HEAD } : card))
}

/** The card that an arrow key leads to.  In the direction of the wires it follows them while there are any. */
export function along(from: Card, stops: readonly Card[], ends: Ends, way: Way, across: boolean): Card | undefined {
  const [ahead, back] = across ? (['ArrowRight', 'ArrowLeft'] as const) : (['ArrowDown', 'ArrowUp'] as const)
  const wired = way === ahead ? ends.get(from.id)?.to : way === back ? ends.get(from.id)?.from : undefined
  const ids = new Set(wired?.map((card) => card.id))
  const linked = stops.filter((card) => ids.has(card.id))
  // a wire that leads back to what was before is followed as well
  return next(from, linked, way) ?? linked[0] ?? next(from, stops, way)
}
