/** The name of the tab while something else than a page is shown: that of the page is there again afterwards. */
import { useEffect } from 'react'

export function useTitle(title: string): void {
  useEffect(() => {
    const before = document.title
    document.title = `${title} · Tradewind`
    return () => {
      document.title = before
    }
  }, [title])
}
