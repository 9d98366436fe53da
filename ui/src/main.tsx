import '@/styles.css'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRouter, RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { ApiError, queryClient } from '@/api/client'
import { takeSession } from '@/app/session'
import { PageFailure } from '@/components/failure'
import { Missing } from '@/components/missing'
import { PageSkeleton } from '@/components/skeleton'
import { startTexts } from '@/i18n'
import { spellAddress } from '@/lib/address'
import { isLost } from '@/lib/lost'
import { routeTree } from './routeTree.gen'

spellAddress()
const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: PageFailure,
  defaultNotFoundComponent: Missing,
  defaultPendingComponent: PageSkeleton,
  defaultPendingMs: 150,
  defaultPendingMinMs: 0, // what is there is shown at once
  search: { strict: true }, // what no page understands is not in the address
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce

takeSession(queryClient)
await startTexts()
// An answer of the server that is no, or none at all, is shown in its place; everything else is a fault of ours.
const root = createRoot(document.getElementById('root')!, {
  onCaughtError: (error) => error instanceof ApiError || isLost(error) || reportError(error),
})
root.render(
  <CSPProvider nonce={nonce} disableStyleElements>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </CSPProvider>,
)
