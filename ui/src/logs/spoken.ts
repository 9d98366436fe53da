/** The line of a log that one came to by search, error or number is said to who does not see it. */
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '@/app/announce'
import { plain } from './ansi'
import type { Row } from './folds'
import { levelOf } from './types'
import type { Lines } from './window'

const LONGEST = 300

/** `at` is an offset or a chosen line; it is said when its row is there. */
export function useSpoken(at: number | Lines | null, rows: readonly Row[]): void {
  const { t } = useTranslation('task')
  const said = useRef('')
  const place = at === null ? '' : typeof at === 'number' ? `offset ${at}` : `line ${at.from}`
  useEffect(() => {
    if (place === '') said.current = ''
    if (at === null || said.current === place) return
    const row = rows.find(({ key, record }) => (typeof at === 'number' ? key === at : record.line === at.from))
    if (row === undefined) return
    said.current = place
    const { line, event } = row.record
    const level = levelOf(row.record)
    announce(
      [
        line === null ? '' : t('log.line', { line }),
        level === 'info' ? '' : t(`log.level.${level}`),
        plain(event).slice(0, LONGEST),
      ]
        .filter(Boolean)
        .join(': '),
    )
  }, [at, place, rows, t])
}
