/** Keys: parts of the page say what they answer to while they are shown; `?` lists them. */
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { preferences } from './preferences'

export type Shortcut = {
  /** `k`, `?`, `mod+k` (Ctrl or Cmd), `g d` (one after the other). */
  keys: string
  /** What it does, in the language of the page. */
  label: string
  act: () => void
  /** Also while typing in a field. */
  everywhere?: boolean
  /** A part of the page answers to it by itself; here it is only told. */
  own?: boolean
}

let shown: Shortcut[] = []
const watchers = new Set<() => void>()
let first = ''
let firstAt = 0

function change(next: Shortcut[]): void {
  shown = next
  for (const watcher of watchers) watcher()
}

/** The Latin letter of a key of a keyboard that writes Hangul or Cyrillic now. */
function letterOf({ key, code }: KeyboardEvent): string | undefined {
  const foreign = key === 'Process' || (key.length === 1 && key > '~')
  return foreign && /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : undefined
}

export function keysOf(event: KeyboardEvent): string {
  const modifier = event.ctrlKey || event.metaKey ? 'mod+' : ''
  const alt = event.altKey ? 'alt+' : ''
  const key = letterOf(event) ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key)
  const shift = event.shiftKey && event.key.length > 1 ? 'shift+' : ''
  return `${modifier}${alt}${shift}${key}`
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)) &&
    !['checkbox', 'radio', 'button'].includes((target as HTMLInputElement).type)
  )
}

/** A window is over the page: what the page answers to is not meant. */
const WINDOW = '[role="dialog"]:not([aria-modal="false"])'

export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const keys = keysOf(event)
  const twice = event.timeStamp - firstAt < 1000 && first ? `${first} ${keys}` : ''
  const inField = typing(event.target)
  const inWindow = event.target instanceof Element && event.target.closest(WINDOW) !== null
  // who speaks to the machine, or hits keys beside the one that is meant, turns off what a single character does
  const heeded = preferences().keys === 'on' || event.ctrlKey || event.metaKey || event.key.length > 1
  const answers = (one: Shortcut) => !one.own && heeded && (one.everywhere || !(inField || inWindow))
  // what was shown last answers first; two keys one after the other before the second alone
  const found =
    shown.findLast((one) => one.keys === twice && answers(one)) ??
    shown.findLast((one) => one.keys === keys && answers(one))
  first = inField ? '' : keys
  firstAt = event.timeStamp
  if (found === undefined) return
  event.preventDefault()
  first = ''
  found.act()
}

export function useShortcuts(shortcuts: Shortcut[]): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  const key = shortcuts.map((one) => `${one.keys}\n${one.label}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says whether the list changed
  useEffect(() => {
    const mine = latest.current.map((one, index) => ({ ...one, act: () => latest.current[index]?.act() }))
    change([...shown, ...mine])
    return () => change(shown.filter((one) => !mine.includes(one)))
  }, [key])
}

export function useShownShortcuts(): Shortcut[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => shown,
  )
}
