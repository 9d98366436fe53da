/**
 * Code of a page that could not be loaded when it was needed: the server is away, or has another version of the pages
 * since this one was opened.  A browser does not ask for it again: only loading the page anew helps.
 *
 * Used by `components/later`, which keeps the page, by the bar that says so, and by what shows errors.
 */
import { useSyncExternalStore } from 'react'

// as Chromium, Firefox and Safari say it
const SAID = /dynamically imported module|importing a module script failed|unable to preload/i

export function isLost(error: unknown): boolean {
  return error instanceof Error && SAID.test(error.message)
}

let lost = false
const watchers = new Set<() => void>()

export function lose(): void {
  lost = true
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

export function useLost(): boolean {
  return useSyncExternalStore(watch, () => lost)
}

/** Loads the page anew when the server answers; false: it does not, and the browser would only show a page of its own. */
export async function anew(): Promise<boolean> {
  const answered = await fetch('/api/v2/version').then(
    (response) => response.ok,
    () => false,
  )
  if (answered) location.reload()
  return answered
}
