/** Which namespace has the words of a sentence of the server: a page loads those of the sentences that it shows. */
import type { Said, Value } from './said'

/** Texts that the store keeps in English; pages in English say them as they are. */
export const KEPT = ['recorded', 'lost', 'rule'] as const

export const EVERY = ['said', 'waits', 'rhythm', 'recorded'] as const
/** Of what `told` says again, `loading` is loaded only where it is shown. */
const ALL = [...EVERY, 'loading'] as const
export type Place = (typeof ALL)[number]
/** Values that say why a file does not load. */
export const TOLD = new Set(['error'])

/** As in `tools/phrases.py`; all other groups are in `said`. */
const GROUPS: readonly (readonly [Place, readonly string[]])[] = [
  ['recorded', KEPT],
  ['rhythm', ['schedule', 'cron', 'nth', 'weekday', 'month']],
  ['waits', ['task', 'mapped', 'assets', 'outside', 'external', 'past', 'limit', 'estimate', 'preview']],
]
const BY_GROUP = new Map(GROUPS.flatMap(([place, groups]) => groups.map((group) => [group, place] as const)))

export function placeOf(key: string): Place {
  return BY_GROUP.get(key.split('.')[0] ?? '') ?? 'said'
}

/** Those of all its parts; `again`: what the store keeps in English is said in another language. */
export function placesOf(said: Said, again: boolean): Place[] {
  const found = new Set<Place>(['said'])
  const look = (value: Value, name = ''): void => {
    if (value.kind === 'phrase') into(value.phrase)
    if (value.kind === 'parts') for (const part of value.parts) look(part)
    if (value.kind === 'text' && again) found.add(TOLD.has(name) ? 'loading' : 'recorded')
  }
  const into = (phrase: Said): void => {
    found.add(placeOf(phrase.key))
    for (const [name, value] of Object.entries(phrase.values)) look(value, name)
  }
  into(said)
  return ALL.filter((place) => found.has(place))
}
