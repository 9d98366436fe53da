/** Every page but the login: it is known who looks before anything is shown. */
import { createFileRoute, Outlet } from '@tanstack/react-router'
import { sessionQuery } from '@/app/session'
import { Shell } from '@/app/shell'

export const Route = createFileRoute('/_app')({
  loader: ({ context }) => context.queryClient.ensureQueryData(sessionQuery),
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
})
