/** JSON as a tree that opens; short values stand in one line. */
import { useTranslation } from 'react-i18next'

type Value = unknown

function plain(value: Value): boolean {
  return typeof value !== 'object' || value === null
}

export function JsonTree({ value, open = false }: { value: Value; open?: boolean }) {
  const { t } = useTranslation('assets')
  if (plain(value)) {
    return <code className="break-all">{typeof value === 'string' ? value : JSON.stringify(value)}</code>
  }
  const entries = Object.entries(value as object)
  if (entries.length === 0) return <span className="text-ink-3">{t('tree.empty')}</span>
  return (
    <ul className="space-y-0.5">
      {entries.map(([key, part]) => (
        <li key={key} className="min-w-0">
          {plain(part) ? (
            <span className="flex flex-wrap gap-x-2">
              <span className="text-ink-2">{key}</span>
              <JsonTree value={part} />
            </span>
          ) : (
            <details open={open}>
              <summary className="cursor-pointer">
                <span className="text-ink-2">{key}</span>{' '}
                <span className="text-sm text-ink-3">
                  {t('tree.items', { count: Object.keys(part as object).length })}
                </span>
              </summary>
              <div className="ms-1.5 border-line border-s ps-3">
                <JsonTree value={part} />
              </div>
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}
