/**
 * What pages need only when somebody uses them (windows, menus, notes) is loaded when somebody begins to: with the first
 * movement of the pointer, touch or key.  The page itself is there by then.
 */
import { useEffect, useState } from 'react'

const STARTS = ['pointermove', 'pointerdown', 'keydown', 'focusin'] as const

let used = false
const waiting = new Set<() => unknown>()

function start(): void {
  used = true
  for (const type of STARTS) removeEventListener(type, start, true)
  for (const load of waiting) attempt(load)
  waiting.clear()
}

for (const type of STARTS) addEventListener(type, start, { capture: true, passive: true })

/** Calls `load` when the page is used for the first time, at once when it is already.  Returns how to take that back. */
export function warm(load: () => unknown): () => void {
  if (used) attempt(load)
  else waiting.add(load)
  return () => waiting.delete(load)
}

/** Ahead of time: who needs it then asks again, and is told what is wrong. */
function attempt(load: () => unknown): void {
  Promise.resolve(load()).catch(() => {})
}

let settled = false

const SETTLES_MS = 500

/** Whether a page has been there before, or this one is: what makes it better but is not missed may load now. */
export function useSettled(): boolean {
  const [there, setThere] = useState(settled)
  useEffect(() => {
    if (there) return
    const timer = setTimeout(async () => {
      await idle()
      settled = true
      setThere(true)
    }, SETTLES_MS)
    return () => clearTimeout(timer)
  }, [there])
  return there
}

/** When the page has nothing else to do, at the latest after two seconds. */
export function idle(): Promise<void> {
  return new Promise((done) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done(), { timeout: 2000 })
    else setTimeout(done, 200)
  })
}
