/** A part that covers the whole page is alone on it: what it covers is not reached by keys or screen readers. */
import { type RefObject, useEffect } from 'react'

export function useAlone(part: RefObject<HTMLElement | null>, alone: boolean): void {
  useEffect(() => {
    if (!alone || part.current === null) return
    const covered: HTMLElement[] = []
    // windows, menus and notes stand beside the page, over the part
    const page = document.getElementById('root')
    for (let node: HTMLElement = part.current; node !== page && node.parentElement; node = node.parentElement) {
      for (const other of node.parentElement.children) {
        if (other === node || !(other instanceof HTMLElement) || other.inert || other.matches('[role="status"]'))
          continue
        other.inert = true
        covered.push(other)
      }
    }
    return () => {
      for (const one of covered) one.inert = false
    }
  }, [part, alone])
}
