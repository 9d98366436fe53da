/**
 * Short notes of what an action did; read out, and gone after a while.
 *
 * The corner in which they stand is loaded when somebody begins to use the page, so that it is there, and known to screen
 * readers, before the first note is.
 */
import { lazy, useEffect, useState } from 'react'
import { warm } from '@/lib/warm'
import { Later } from './later'
import { worded } from './wrong'

export type Note = { text: string; error: boolean }

const List = lazy(() => import('./toast-list'))
const waiting: Note[] = []
let show: ((note: Note) => void) | undefined
let want = () => {}

function note(text: string, error: boolean): void {
  if (show !== undefined) show({ text, error })
  else {
    waiting.push({ text, error })
    want()
  }
}

export function say(text: string): void {
  note(text, false)
}

export function complain(error: unknown): void {
  note(worded(error), true)
}

/** Called by the corner when it is there; what was said before is shown then.  Returns how to stop. */
export function showWith(shows: (note: Note) => void): () => void {
  show = shows
  for (const one of waiting.splice(0)) shows(one)
  return () => {
    show = undefined
  }
}

export function Toasts() {
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    want = () => setWanted(true)
    if (waiting.length > 0) want()
    return warm(want)
  }, [])
  return <Later>{wanted && <List />}</Later>
}
