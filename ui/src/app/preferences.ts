/** What this browser remembers of its person: theme, time zone, language, density.  Kept in local storage. */
import { useSyncExternalStore } from 'react'

export type Preferences = {
  theme: 'system' | 'light' | 'dark'
  /** IANA name, or `local` for the browser's. */
  zone: string
  language: 'en' | 'ko'
}

const KEY = 'tradewind.preferences'
const listeners = new Set<() => void>()

function defaults(): Preferences {
  return { theme: 'system', zone: 'local', language: navigator.language.startsWith('ko') ? 'ko' : 'en' }
}

function read(): Preferences {
  try {
    return { ...defaults(), ...JSON.parse(localStorage.getItem(KEY) ?? '{}') }
  } catch {
    return defaults() // storage is off, or holds something else
  }
}

let current = read()

export function preferences(): Preferences {
  return current
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // storage is off: the choice lasts as long as the page
  }
  applyTheme()
  for (const listener of listeners) listener()
}

function applyTheme(): void {
  const dark =
    current.theme === 'dark' || (current.theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

if (typeof matchMedia === 'function') {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', applyTheme)
}
addEventListener('storage', (event) => {
  if (event.key !== KEY) return
  current = read()
  applyTheme()
  for (const listener of listeners) listener()
})

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences)
}
