/** Who looks, and what he may do: asked once when the pages start. */
import { queryOptions, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { $api, api } from '@/api/client'

/** Its counts stand beside the names of the pages, so that the stream is open on every page. */
export const sessionQuery = queryOptions({
  ...$api.queryOptions('get', '/api/tradewind/session', {}),
  meta: { topics: ['hitl', 'imports'] },
})

export function useSession() {
  return useSuspenseQuery(sessionQuery).data
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
