/** What else can be done with a DAG: its window is loaded when it is asked for. */
import { ChevronDown } from 'lucide-react'
import { lazy } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { buttonClass } from '@/components/button'
import { Later } from '@/components/later'
import { Menu, MenuItem } from '@/components/menu'
import { complain, say } from '@/components/toast'

const Loaded = lazy(async () => ({ default: (await import('./delete-dag')).DeleteDag }))

type Props = { dagId: string; name: string; onClose: () => void }

/** The window that asks before a DAG is deleted. */
export function DeleteDagWindow(props: Props) {
  return (
    <Later>
      <Loaded {...props} />
    </Later>
  )
}

export function MoreActions({ dagId, onDelete }: { dagId: string; onDelete: () => void }) {
  const { t } = useTranslation('dag')
  const read = async () => {
    try {
      const found = await api.GET('/api/v2/dags/{dag_id}', { params: { path: { dag_id: dagId } } })
      const file_token = found.data?.file_token ?? ''
      await api.PUT('/api/v2/parseDagFile/{file_token}', { params: { path: { file_token } } })
      say(t('more.asked'))
    } catch (error) {
      complain(error)
    }
  }
  return (
    <Menu
      trigger={
        <button type="button" className={buttonClass('plain')}>
          {t('more.label')}
          <ChevronDown size={14} aria-hidden="true" />
        </button>
      }
    >
      <MenuItem onClick={() => void read()}>{t('more.read')}</MenuItem>
      <MenuItem danger onClick={onDelete}>
        {t('more.delete')}
      </MenuItem>
    </Menu>
  )
}
