/** Who looks, and what he may do: asked once when the pages start. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { $api } from '@/api/client'

export const sessionQuery = queryOptions({ ...$api.queryOptions('get', '/api/tradewind/session', {}) })

export function useSession() {
  return useSuspenseQuery(sessionQuery).data
}
