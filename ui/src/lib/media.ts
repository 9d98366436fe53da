/** Whether a media query holds, and when that changes. */
import { useCallback, useSyncExternalStore } from 'react'

/** Where tables show less: a phone. */
export const NARROW = '(width < 48rem)'

export function useMedia(query: string): boolean {
  const watch = useCallback(
    (watcher: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', watcher)
      return () => list.removeEventListener('change', watcher)
    },
    [query],
  )
  return useSyncExternalStore(watch, () => matchMedia(query).matches)
}
