/** Dense tables.  Real tables: columns are headed, rows can be read out. */
import clsx from 'clsx'
import { type ReactNode, useRef } from 'react'
import { useCounted } from '@/app/announce'
import { useScrolls } from '@/lib/use-scrolls'

export type Column<Row> = {
  key: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  className?: string
  /** Not shown on narrow screens. */
  wideOnly?: boolean
}

type Props<Row> = {
  label: string
  columns: Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  className?: string
}

export function Table<Row>({ label, columns, rows, rowKey, className }: Props<Row>) {
  // what is wider than its place is scrolled with keys, too
  const place = useRef<HTMLDivElement>(null)
  const scrolls = useScrolls(place)
  useCounted(rows, rows.length)
  return (
    <div
      ref={place}
      className={clsx('relative overflow-x-auto', className)}
      {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-label': label } : {})}
    >
      <table className="w-full border-collapse" aria-label={label}>
        <thead>
          <tr className="border-line border-b text-sm">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={clsx(
                  'h-8 px-3 max-md:px-2 md:whitespace-nowrap max-md:py-1',
                  column.wideOnly && 'max-md:hidden',
                  column.className,
                )}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-line border-b last:border-b-0 hover:bg-hover">
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={clsx('h-8 px-3 py-1 max-md:px-2', column.wideOnly && 'max-md:hidden', column.className)}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
