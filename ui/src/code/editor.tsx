/** The text of a DAG file, or what changed between two: loaded when it is shown. */
import { python } from '@codemirror/lang-python'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { getChunks, unifiedMergeView } from '@codemirror/merge'
import { EditorState, type Extension } from '@codemirror/state'
import { Decoration, EditorView, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/button'
import { changedLines } from './changed'

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.self], color: 'var(--state-deferred)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--link)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--state-restarting)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--ink-2)', fontStyle: 'italic' },
  { tag: [tags.definition(tags.variableName), tags.function(tags.definition(tags.variableName))], fontWeight: '600' },
  { tag: [tags.className, tags.definition(tags.className)], color: 'var(--state-running)' },
  { tag: [tags.meta, tags.modifier], color: 'var(--state-up_for_retry)' },
])

const LOOK = EditorView.theme({
  '&': { backgroundColor: 'var(--surface)', color: 'var(--ink)', fontSize: '0.8125rem', maxHeight: '78vh' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', overflow: 'auto', lineHeight: '1.55' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--ink-3)', border: 'none' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
  '.cm-changedLine': { backgroundColor: 'var(--good-soft) !important' },
  '.cm-deletedChunk': { backgroundColor: 'var(--danger-soft) !important' },
  '.cm-changedText': { background: 'color-mix(in oklab, var(--state-success) 22%, transparent) !important' },
  '.cm-deletedText': { background: 'color-mix(in oklab, var(--state-failed) 22%, transparent) !important' },
  '.cm-deletedLine, .cm-deletedLine del': { textDecoration: 'none' },
  // signs, for those who do not tell the colours apart
  '.cm-changeGutter': { width: '1.25rem', paddingLeft: '0', textAlign: 'center', fontWeight: '600' },
  '.cm-changedLineGutter': { backgroundColor: 'var(--good-soft) !important', color: 'var(--state-success)' },
  '.cm-changedLineGutter:before': { content: '"+"' },
  '.cm-deletedLineGutter': { backgroundColor: 'var(--danger-soft) !important', color: 'var(--danger)' },
  '.cm-deletedLineGutter:before': { content: '"−"' },
  '.cm-collapsedLines': {
    background: 'var(--sunken)',
    color: 'var(--ink-2)',
    padding: '4px 12px',
  },
  '.cm-marked': { backgroundColor: 'var(--danger-soft)', boxShadow: 'inset 3px 0 var(--state-failed)' },
  // the sign of the library is in few fonts
  '.cm-collapsedLines:before, .cm-collapsedLines:after': { content: '"⋯"' },
})

type Props = {
  text: string
  label: string
  /** The text before: shows what changed from it. */
  before?: string
  /** Is marked, and in sight at first. */
  line?: number | undefined
}

export default function Editor({ text, label, before, line }: Props) {
  const { t } = useTranslation('dagpages')
  const place = useRef<HTMLDivElement>(null)
  // the library unfolds lines by pointer only
  const [all, setAll] = useState(false)
  const [changed, setChanged] = useState<{ added: number; removed: number } | null>(null)
  useEffect(() => {
    if (place.current === null) return
    const extensions: Extension[] = [
      lineNumbers(),
      python(),
      syntaxHighlighting(COLOURS),
      LOOK,
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      EditorView.cspNonce.of(nonce),
      EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
      EditorView.lineWrapping,
    ]
    if (before !== undefined) {
      extensions.push(
        unifiedMergeView({
          original: before,
          mergeControls: false,
          highlightChanges: true,
          ...(all ? {} : { collapseUnchanged: { margin: 4, minSize: 8 } }),
        }),
      )
    }
    const doc = EditorState.create({ doc: text }).doc
    const marked = line !== undefined && line >= 1 && line <= doc.lines ? doc.line(line) : null
    if (marked) {
      const mark = Decoration.line({ attributes: { class: 'cm-marked', 'aria-current': 'true' } })
      extensions.push(EditorView.decorations.of(Decoration.set([mark.range(marked.from)])))
    }
    const view = new EditorView({
      doc,
      extensions,
      parent: place.current,
      ...(marked ? { scrollTo: EditorView.scrollIntoView(marked.from, { y: 'center' }) } : {}),
    })
    const chunks = getChunks(view.state)?.chunks
    setChanged(
      before === undefined || chunks === undefined
        ? null
        : changedLines(
            chunks.map(({ fromA, toA, fromB, toB }) => ({
              before: before.slice(fromA, toA),
              after: text.slice(fromB, toB),
            })),
          ),
    )
    return () => view.destroy()
  }, [text, before, label, line, all])
  return (
    <>
      {changed && (
        <div className="flex flex-wrap items-center gap-x-4 border-line border-b px-4 py-1.5 text-sm text-ink-2">
          <p role="status">
            {t('code.added', { count: changed.added })}, {t('code.removed', { count: changed.removed })}
          </p>
          <Button small look="quiet" aria-pressed={all} onClick={() => setAll(!all)}>
            {t('code.all_lines')}
          </Button>
        </div>
      )}
      <div ref={place} />
    </>
  )
}
