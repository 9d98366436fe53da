/** Every page but the login: it is known who looks before anything is shown. */
import { createFileRoute, Outlet } from '@tanstack/react-router'
import { giveZone } from '@/app/preferences'
import { sessionQuery } from '@/app/session'
import { Shell } from '@/app/shell'

export const Route = createFileRoute('/_app')({
  loader: async ({ context }) => giveZone((await context.queryClient.ensureQueryData(sessionQuery)).default_timezone),
  component: () => (
    <Shell>
      <Outlet />
    </Shell>
  ),
})
