/** What can be done with what the page shows: pages say it here, and the palette offers it. */
import { useEffect, useRef, useSyncExternalStore } from 'react'

export type PageAction = { id: string; label: string; act: () => void }

let offered: PageAction[] = []
const watchers = new Set<() => void>()

function change(next: PageAction[]): void {
  offered = next
  for (const watcher of watchers) watcher()
}

/** Offer actions while the page is shown. */
export function useOffer(actions: PageAction[]): void {
  const latest = useRef(actions)
  latest.current = actions
  const key = actions.map((action) => `${action.id}\n${action.label}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says whether the list changed
  useEffect(() => {
    const mine = latest.current.map((action) => ({
      ...action,
      act: () => latest.current.find((one) => one.id === action.id)?.act(),
    }))
    change([...offered, ...mine])
    return () => change(offered.filter((action) => !mine.includes(action)))
  }, [key])
}

export function usePageActions(): PageAction[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    () => offered,
  )
}
