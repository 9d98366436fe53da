/** A value for people: a table for a list of records, a tree for other JSON, text for text; large ones in parts. */
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, buttonClass } from '@/components/button'
import { Copy } from '@/components/copy'
import { JsonTree } from '@/components/json-tree'
import { Scrolled } from '@/components/scrolled'
import { useFormat } from '@/format/use-format'
import { columnsOf } from './records'

const ROWS = 50
const LARGE = 200_000

type Props = {
  value: unknown
  name: string
  /** Where the whole value is to be had, when what is shown only tells of it. */
  file?: string
  /** What else can be done with it. */
  children?: ReactNode
}

export function Value({ value, name, file, children }: Props) {
  const { t } = useTranslation('task')
  const format = useFormat()
  const [tree, setTree] = useState(false)
  const columns = columnsOf(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  const save = () => {
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
    const link = document.createElement('a')
    link.href = url
    link.download = `${name}.${typeof value === 'string' ? 'txt' : 'json'}`
    link.click()
    URL.revokeObjectURL(url)
  }
  return (
    <div className="min-w-0 space-y-2">
      {columns && !tree ? (
        <Records rows={value as Record<string, unknown>[]} columns={columns} name={name} />
      ) : typeof value === 'string' ? (
        <Scrolled label={t('value.of', { name })} className="max-h-96">
          <pre className="break-words whitespace-pre-wrap">{value.slice(0, LARGE)}</pre>
        </Scrolled>
      ) : (
        <Scrolled label={t('value.of', { name })} className="max-h-[32rem]">
          <JsonTree value={value} />
        </Scrolled>
      )}
      <div className="flex flex-wrap items-center gap-1">
        <Copy text={text} />
        {file ? (
          <a className={buttonClass('quiet', true)} href={file} download={`${name}.json`}>
            {t('log.download')}
          </a>
        ) : (
          <Button small look="quiet" onClick={save}>
            {t('value.download', { size: format.bytes(text.length) })}
          </Button>
        )}
        {columns && (
          <Button small look="quiet" aria-pressed={tree} onClick={() => setTree(!tree)}>
            {tree ? t('value.table') : t('value.tree')}
          </Button>
        )}
        {children}
      </div>
    </div>
  )
}

function Records({ rows, columns, name }: { rows: Record<string, unknown>[]; columns: string[]; name: string }) {
  const { t } = useTranslation('task')
  const format = useFormat()
  const [shown, setShown] = useState(ROWS)
  return (
    <Scrolled label={t('value.of', { name })} className="max-h-[32rem]">
      <table className="border-collapse text-sm" aria-label={name}>
        <thead>
          <tr className="border-line border-b">
            {columns.map((column) => (
              <th key={column} scope="col" className="px-2 py-1 whitespace-nowrap">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row, index) => (
            <tr key={index} className="border-line border-b">
              {columns.map((column) => (
                <td key={column} className="max-w-80 px-2 py-0.5 align-top break-words">
                  {said(row[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <Button small look="quiet" onClick={() => setShown(shown + 10 * ROWS)}>
          {t('value.more_rows', { count: rows.length - shown, shown: format.count(rows.length - shown) })}
        </Button>
      )}
    </Scrolled>
  )
}

function said(value: unknown): string {
  if (value === null || value === undefined) return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
