/** Whether what is in a part of the page is larger than it.  Such parts are reached and scrolled with keys. */
import { type RefObject, useEffect, useState } from 'react'

/** Its only child is watched as well: it is what grows. */
export function useScrolls(place: RefObject<HTMLElement | null>): boolean {
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const box = place.current
    if (box === null) return
    const measure = () => setScrolls(box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight)
    const watch = new ResizeObserver(measure)
    watch.observe(box)
    if (box.firstElementChild) watch.observe(box.firstElementChild)
    return () => watch.disconnect()
  }, [place])
  return scrolls
}
