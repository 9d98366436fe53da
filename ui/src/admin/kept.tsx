/** What the pages of connections, variables and pools share: to add, edit and delete one of what is kept there. */
import { useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/button'
import { Confirm } from '@/components/confirm'
import type { Column } from '@/components/table'
import { say } from '@/components/toast'

type Kind = 'connections' | 'variables' | 'pools'

/** Of the form that adds one (null) or edits one. */
export type EditorProps<Row> = { row: Row | null; onClose: () => void; onSaved: (name: string) => Promise<unknown> }

type Options<Row> = {
  kind: Kind
  nameOf: (row: Row) => string
  /** It cannot be deleted. */
  stays?: (row: Row) => boolean
  remove: (name: string) => Promise<unknown>
  Editor: (props: EditorProps<Row>) => ReactNode
}

/** `add`: the button above the table; `column`: what can be done with a row; `dialogs`: what these open. */
export function useKept<Row>({ kind, nameOf, stays, remove, Editor }: Options<Row>) {
  const { t } = useTranslation(['admin', 'common'])
  const [edited, setEdited] = useState<{ row: Row | null } | null>(null)
  const [deleted, setDeleted] = useState<string | null>(null)
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['get', `/api/v2/${kind}`] })
  const add = (
    <Button look="primary" small icon={<Plus size={14} aria-hidden="true" />} onClick={() => setEdited({ row: null })}>
      {t(`${kind}.add`)}
    </Button>
  )
  const column: Column<Row> = {
    key: 'do',
    head: <span className="visually-hidden">{t('do')}</span>,
    className: 'text-end whitespace-nowrap',
    cell: (row) => (
      <span className="inline-flex max-md:flex-col max-md:items-end">
        <Button
          small
          look="quiet"
          aria-label={t('edit_what', { name: nameOf(row) })}
          onClick={() => setEdited({ row })}
        >
          {t('edit')}
        </Button>
        {!stays?.(row) && (
          <Button
            small
            look="quiet"
            aria-label={t('delete_what', { name: nameOf(row) })}
            onClick={() => setDeleted(nameOf(row))}
          >
            {t('common:delete')}
          </Button>
        )}
      </span>
    ),
  }
  const dialogs = (
    <>
      {edited && (
        <Editor
          row={edited.row}
          onClose={() => setEdited(null)}
          onSaved={(name) => {
            say(t('saved', { name }))
            return refresh()
          }}
        />
      )}
      {deleted !== null && (
        <Confirm
          title={t(`${kind}.delete`, { name: deleted })}
          word={t('common:delete')}
          danger
          onClose={() => setDeleted(null)}
          act={async () => {
            await remove(deleted)
            say(t('gone', { name: deleted }))
            await refresh()
          }}
        >
          <p>{t(`${kind}.delete_what`, { name: deleted })}</p>
        </Confirm>
      )}
    </>
  )
  return { add, column, dialogs }
}
