/** A JSON value that can be looked into: folded below the second level, long lists in parts. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '@/format/use-format'
import { Button } from './button'

const PART = 100
const LONG_TEXT = 2000

export function JsonTree({ value, name, depth = 0 }: { value: unknown; name?: string; depth?: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [shown, setShown] = useState(PART)
  const [open, setOpen] = useState(depth < 2)
  if (value === null || typeof value !== 'object') return <Leaf name={name} value={value} />
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.slice(0, shown).map((item, index) => [String(index), item])
    : Object.entries(value).slice(0, shown)
  const count = Array.isArray(value) ? value.length : Object.keys(value).length
  const what = Array.isArray(value) ? `[${format.count(count)}]` : `{${format.count(count)}}`
  if (count === 0) return <Leaf name={name} value={value} />
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)} className="font-mono text-sm">
      <summary className="min-h-6 cursor-pointer rounded-sm hover:bg-hover">
        {name !== undefined && <span className="text-link">{name}</span>} <span className="text-ink-3">{what}</span>
      </summary>
      {open && (
        <div className="ms-1.5 border-line border-s ps-3">
          {entries.map(([key, item]) => (
            <JsonTree key={key} name={key} value={item} depth={depth + 1} />
          ))}
          {count > shown && (
            <Button small look="quiet" onClick={() => setShown(shown + 10 * PART)}>
              {t('json_more', { count: count - shown, shown: format.count(count - shown) })}
            </Button>
          )}
        </div>
      )}
    </details>
  )
}

function Leaf({ name, value }: { name?: string; value: unknown }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const [whole, setWhole] = useState(false)
  const { t } = useTranslation()
  const long = text.length > LONG_TEXT && !whole
  return (
    <div className="ps-[1.1em] font-mono text-sm break-words whitespace-pre-wrap">
      {name !== undefined && <span className="text-link">{name}</span>}
      {name !== undefined && <span className="text-ink-3">: </span>}
      <span className={typeof value === 'string' ? 'text-ink' : 'text-state-running'}>
        {long ? `${text.slice(0, LONG_TEXT)}…` : text}
      </span>
      {long && (
        <Button small look="quiet" onClick={() => setWhole(true)}>
          {t('json_whole')}
        </Button>
      )}
    </div>
  )
}
