/** A traceback: the user's frames first, those of libraries on demand. */

import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { createContext, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/button'
import { type Frame, isFile, parseTrace, shownFrames, type TracePart } from './frames'

/** The file whose text is kept: its lines are links to the code as it ran. */
export const CodeOf = createContext<{ dagId: string; version: number; file: string } | null>(null)

export function Trace({ text }: { text: string }) {
  const parts = parseTrace(text)
  return (
    <div className="space-y-2">
      {parts.map((part, index) => (
        <Part key={index} part={part} />
      ))}
    </div>
  )
}

function Part({ part }: { part: TracePart }) {
  const { t } = useTranslation('task')
  const [all, setAll] = useState(false)
  const { shown, hidden } = shownFrames(part.frames)
  return (
    <div>
      {part.tie && <p className="mb-1 text-ink-2 italic">{t(`log.tie_${part.tie}`)}</p>}
      <ol className="space-y-1">
        {(all ? part.frames : shown).map((frame, index) => (
          <FrameLine key={index} frame={frame} />
        ))}
      </ol>
      {hidden > 0 && (
        <Button small look="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('log.frames_less') : t('log.frames', { count: hidden })}
        </Button>
      )}
      {part.error && <pre className="mt-1 break-words whitespace-pre-wrap text-danger">{part.error}</pre>}
    </div>
  )
}

export function FrameLine({ frame }: { frame: Frame }) {
  const { t } = useTranslation('task')
  const code = useContext(CodeOf)
  const here = code !== null && frame.own && isFile(frame.file, code.file)
  const said = t('log.frame_at', { file: here ? code.file : frame.file, line: frame.line })
  return (
    <li className={clsx('rounded-sm px-2 py-0.5', frame.own ? 'bg-sunken' : 'text-ink-2')}>
      <p className="break-all">
        <code className="font-semibold">{frame.name || '<module>'}</code>{' '}
        {here ? (
          <Link
            to="/dags/$dagId/code"
            params={{ dagId: code.dagId }}
            search={{ version: code.version, line: frame.line }}
            title={`${t('log.frame_code')}: ${frame.file}`}
          >
            {said}
          </Link>
        ) : (
          <span className="text-ink-2">{said}</span>
        )}
      </p>
      {frame.code.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with keys
        <pre className="overflow-x-auto" tabIndex={0}>
          {frame.code.join('\n')}
        </pre>
      )}
    </li>
  )
}
