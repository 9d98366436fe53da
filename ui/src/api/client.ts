/** The one way to the server: typed by the generated schema, errors as `ApiError`. */
import { QueryClient } from '@tanstack/react-query'
import createFetch, { type Middleware } from 'openapi-fetch'
import createQueries from 'openapi-react-query'
import { loadWrongs } from '@/i18n/wrongs'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

/** `kind` is the server's name for what is wrong with it. */
export type WrongField = { name: string; kind: string; why: string }

/** What the server said no with. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** What is wrong with which field, where the server says that. */
    readonly fields: readonly WrongField[] | null = null,
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

/** The sentence in an error's body: a string, or a list of what is wrong with which field. */
export function sentence(body: unknown, status: number): string {
  const detail = (body as { detail?: unknown } | undefined)?.detail
  if (typeof detail === 'string') return detail
  const fields = wrongFields(body)
  if (fields) return fields.map(({ name, why }) => `${name}: ${why}`).join('; ')
  return `the server answered with status ${status}`
}

function wrongFields(body: unknown): WrongField[] | null {
  const detail = (body as { detail?: unknown } | undefined)?.detail
  if (!Array.isArray(detail)) return null
  return detail.map((item: { loc?: unknown[]; type?: string; msg?: string }) => ({
    name: (item.loc ?? []).slice(1).join('.'),
    kind: item.type ?? '',
    why: item.msg ?? '',
  }))
}

let leaving = false
// the browser may keep the page, and show it again as it was
addEventListener('pageshow', () => {
  leaving = false
})

/** Once, however many answers of one page say that nobody is logged in. */
function logIn(): void {
  if (leaving || location.pathname === '/login') return
  leaving = true
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`)
}

const failures: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined
    if (response.status === 401) logIn()
    const body = await response.json().catch(() => undefined)
    const fields = wrongFields(body)
    // a page without the words for it shows the server's own
    await loadWrongs(fields !== null).catch(() => undefined)
    throw new ApiError(response.status, sentence(body, response.status), fields)
  },
  onError({ error }) {
    return error instanceof ApiError ? error : new ApiError(0, 'the server cannot be reached')
  },
}

export const api = createFetch<paths>({ baseUrl: location.origin })
api.use(failures)

/** Hooks and query options: `$api.useQuery('get', '/api/v2/dags', { params: { query: { limit: 50 } } })`. */
export const $api = createQueries(api)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // the live stream says what is old; nothing is asked again on a timer or because a window was looked at
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (count, error) =>
        error instanceof ApiError && error.status > 0 && error.status < 500 ? false : count < 2,
    },
  },
})
