/**
 * Markdown that somebody wrote into a DAG: loaded when it is shown.  HTML in it is text, addresses are checked, and
 * pictures are links, because nothing is loaded from elsewhere.
 */
import { lazy, Suspense } from 'react'
import { Lines } from './skeleton'

const Rendered = lazy(() => import('./markdown-rendered'))

export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<Lines count={3} />}>
      <Rendered text={text} />
    </Suspense>
  )
}
