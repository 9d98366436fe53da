/** A DAG was changed here: what shows it is asked again. */
import { useQueryClient } from '@tanstack/react-query'
import { api } from '@/api/client'

/** Every answer that tells whether a DAG is paused. */
export function useDagsChanged() {
  const client = useQueryClient()
  return () =>
    client.invalidateQueries({
      predicate: ({ queryKey }) => {
        const path = String(queryKey[1])
        return path.startsWith('/api/tradewind/') && !path.endsWith('/session') ? true : path.startsWith('/api/v2/dags')
      },
    })
}

export async function pause(dagId: string): Promise<void> {
  await api.PATCH('/api/v2/dags/{dag_id}', {
    params: { path: { dag_id: dagId }, query: { update_mask: ['is_paused'] } },
    body: { is_paused: true },
  })
}
