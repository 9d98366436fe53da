/** Who looks, and what he may do: asked once when the pages start. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { $api } from '@/api/client'

/** Its counts stand beside the names of the pages, so that the stream is open on every page. */
export const sessionQuery = queryOptions({
  ...$api.queryOptions('get', '/api/tradewind/session', {}),
  meta: { topics: ['hitl', 'imports'] },
})

export function useSession() {
  return useSuspenseQuery(sessionQuery).data
}
