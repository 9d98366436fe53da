import { createFileRoute, Outlet } from '@tanstack/react-router'
import { Page } from '@/components/page'

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId')({ component: View })

function View() {
  return (
    <Page title="Run">
      <Outlet />
    </Page>
  )
}
