/**
 * Markdown that somebody wrote into a DAG: loaded when it is shown.  HTML in it is text, addresses are checked, and
 * pictures are links, because nothing is loaded from elsewhere.
 */
import { lazy, Suspense } from 'react'
import { Lines } from './skeleton'

const Rendered = lazy(() => import('./markdown-rendered'))

/** What somebody noted about a run or a task; a line is a line. */
export function Note({ text }: { text: string }) {
  return (
    <div className="mt-0.5 border-line-strong border-s-2 ps-2 [&_p]:whitespace-pre-wrap">
      <Markdown text={text} />
    </div>
  )
}

export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<Lines count={3} />}>
      <Rendered text={text} />
    </Suspense>
  )
}
