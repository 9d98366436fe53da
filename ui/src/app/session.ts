/** Who looks, and what he may do: asked once when the pages start. */
import { type QueryClient, queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { $api, api, type Schemas } from '@/api/client'

/** Its counts stand beside the names of the pages, so that the stream is open on every page. */
export const sessionQuery = queryOptions({
  ...$api.queryOptions('get', '/api/tradewind/session', {}),
  meta: { topics: ['hitl', 'imports'] },
})

/** The server writes the session into the page when it knows who asks: then it is not asked for. */
export function takeSession(client: QueryClient): void {
  const element = document.getElementById('session')
  if (element?.textContent == null) return
  client.setQueryData<Schemas['SessionResponse']>(sessionQuery.queryKey, JSON.parse(element.textContent))
  element.remove()
}

export function useSession() {
  return useSuspenseQuery(sessionQuery).data
}

/** Whether he may trigger, clear, mark and change this DAG: his role is for it, and his rights name it. */
export function useMayRun(dagId: string): boolean {
  const { may, look_only } = useSession()
  return may.run && !look_only.includes(dagId)
}

/** Ends the login of this browser, or all of them, and goes to the login page. */
export function useLeave() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return async (everywhere = false) => {
    await (everywhere ? api.POST('/api/tradewind/logout-everywhere') : api.POST('/api/tradewind/logout'))
    client.clear()
    await navigate({ to: '/login' })
  }
}
