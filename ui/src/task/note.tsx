/** What people note about a task instance. */
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { TextArea } from '@/components/field'
import { FormDialog, textOf } from '@/components/form-dialog'
import { say } from '@/components/toast'
import { type Place, taskQuery, v2 } from './queries'

type Props = { place: Place; name: string; note: string | null; onClose: () => void }

/** `name`: of the task, with the index where it is mapped. */
export function NoteDialog({ place, name, note, onClose }: Props) {
  const { t } = useTranslation('task')
  const client = useQueryClient()
  const send = async (form: FormData) => {
    await api.PATCH('/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}', {
      params: { ...v2(place), query: { map_index: place.mapIndex, update_mask: ['note'] } },
      body: { note: textOf(form, 'note') },
    })
    say(t('note.saved'))
    await client.invalidateQueries({ queryKey: taskQuery(place).queryKey })
  }
  return (
    <FormDialog title={t('note.title', { name })} send={send} onClose={onClose}>
      <TextArea name="note" label={t('note.label')} hint={t('note.hint')} defaultValue={note ?? ''} maxLength={1000} />
    </FormDialog>
  )
}
