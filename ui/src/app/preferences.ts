/** What this browser remembers of its person: theme, time zone, language, density.  Kept in local storage. */
import { useSyncExternalStore } from 'react'

export type Preferences = {
  theme: 'system' | 'light' | 'dark'
  /** IANA name, or `local` for the browser's. */
  zone: string
  language: 'en' | 'ko'
  /** Whether single keys without Ctrl or Cmd do something; WCAG 2.1.4 wants that they can be turned off. */
  keys: 'on' | 'off'
}

const KEY = 'tradewind.preferences'
const listeners = new Set<() => void>()

function defaults(): Preferences {
  return { theme: 'system', zone: 'local', language: navigator.language.startsWith('ko') ? 'ko' : 'en', keys: 'on' }
}

function read(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}')
  } catch {
    return {} // storage is off, or holds something else
  }
}

let chosen = read()
/** What the installation says for those who chose none. */
let given: Partial<Preferences> = {}
let current: Preferences = { ...defaults(), ...chosen }

export function preferences(): Preferences {
  return current
}

export function setPreferences(change: Partial<Preferences>): void {
  chosen = { ...chosen, ...change }
  current = { ...defaults(), ...given, ...chosen }
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen))
  } catch {
    // storage is off: the choice lasts as long as the page
  }
  applyTheme()
  for (const listener of listeners) listener()
}

/** The zone of the installation: for those who chose none, and not kept. */
export function giveZone(zone: string): void {
  if (given.zone === zone) return
  given = { zone }
  current = { ...defaults(), ...given, ...chosen }
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
  chosen = read()
  current = { ...defaults(), ...given, ...chosen }
  applyTheme()
  for (const listener of listeners) listener()
})

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences)
}
