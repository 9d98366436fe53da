/** The star of a DAG: a favourite of the person who looks. */
import clsx from 'clsx'
import { Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { complain } from '@/components/toast'
import { useDagsChanged } from './changes'

export function Favourite({ dag }: { dag: { dag_id: string; name: string; favorite: boolean } }) {
  const { t } = useTranslation('dag')
  const changed = useDagsChanged()
  const act = async () => {
    const params = { params: { path: { dag_id: dag.dag_id } } }
    try {
      if (dag.favorite) await api.POST('/api/v2/dags/{dag_id}/unfavorite', params)
      else await api.POST('/api/v2/dags/{dag_id}/favorite', params)
      await changed()
    } catch (error) {
      complain(error)
    }
  }
  return (
    <button
      type="button"
      aria-pressed={dag.favorite}
      aria-label={t('favourite', { name: dag.name })}
      title={t('favourite', { name: dag.name })}
      onClick={act}
      className={clsx(
        'inline-flex size-6 items-center justify-center',
        dag.favorite ? 'text-warning' : 'text-ink-3 hover:text-ink',
      )}
    >
      <Star size={14} aria-hidden="true" fill={dag.favorite ? 'currentColor' : 'none'} />
    </button>
  )
}
