/** Markdown as GitHub writes it: with tables, lists of what is done, struck out words and bare addresses. */
import { Square, SquareCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import ReactMarkdown, { type Components } from 'react-markdown'
import remarkGfm from 'remark-gfm'

const PLUGINS = [remarkGfm]

// headings of a text are below those of the page it stands in
const PARTS: Components = {
  h1: ({ children }) => <h3 className="mt-3 mb-1 first:mt-0">{children}</h3>,
  h2: ({ children }) => <h4 className="mt-3 mb-1 font-semibold first:mt-0">{children}</h4>,
  h3: ({ children }) => <h5 className="mt-2 mb-1 font-semibold first:mt-0">{children}</h5>,
  h4: ({ children }) => <h6 className="mt-2 mb-1 font-semibold first:mt-0">{children}</h6>,
  h5: ({ children }) => <p className="mt-2 mb-1 font-semibold">{children}</p>,
  h6: ({ children }) => <p className="mt-2 mb-1 font-semibold">{children}</p>,
  p: ({ children }) => <p className="my-2 first:mt-0 last:mb-0">{children}</p>,
  ul: ({ children }) => <ul className="my-2 list-disc ps-5">{children}</ul>,
  ol: ({ children }) => <ol className="my-2 list-decimal ps-6">{children}</ol>,
  a: ({ href, children }) => (
    <a href={href} rel="noreferrer noopener" target="_blank" className="underline">
      {children}
    </a>
  ),
  img: ({ src, alt }) => (
    <a href={String(src ?? '')} rel="noreferrer noopener" target="_blank" className="underline">
      {alt || String(src ?? '')}
    </a>
  ),
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre tabIndex={0} className="my-2 overflow-x-auto rounded-md bg-sunken p-3">
      {children}
    </pre>
  ),
  code: ({ children }) => <code className="rounded-sm bg-sunken px-1">{children}</code>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div tabIndex={0} className="my-2 overflow-x-auto">
      <table className="border-collapse text-start">{children}</table>
    </div>
  ),
  th: ({ children, style }) => (
    <th scope="col" className="border border-line bg-sunken px-2 py-1 text-start font-semibold" style={style}>
      {children}
    </th>
  ),
  td: ({ children, style }) => (
    <td className="border border-line px-2 py-1 align-top" style={style}>
      {children}
    </td>
  ),
  hr: () => <hr className="my-3 border-line" />,
  // what is done in a list says so in words, because a box that cannot be ticked is no control
  input: ({ checked }) => <Done done={checked === true} />,
  blockquote: ({ children }) => <blockquote className="my-2 border-line-strong border-s-2 ps-3">{children}</blockquote>,
}

function Done({ done }: { done: boolean }) {
  const { t } = useTranslation()
  const Icon = done ? SquareCheck : Square
  return (
    <>
      <Icon size={14} aria-hidden="true" className="me-1 inline align-[-0.15em]" />
      <span className="sr-only">{done ? t('done.yes') : t('done.no')} </span>
    </>
  )
}

export default function Rendered({ text }: { text: string }) {
  return (
    <div className="max-w-prose break-words">
      <ReactMarkdown components={PARTS} remarkPlugins={PLUGINS}>
        {text}
      </ReactMarkdown>
    </div>
  )
}
