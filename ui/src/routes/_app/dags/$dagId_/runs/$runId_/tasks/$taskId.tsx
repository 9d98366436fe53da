import { createFileRoute } from '@tanstack/react-router'
import { Page } from '@/components/page'

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId_/tasks/$taskId')({ component: View })

function View() {
  return <Page title="Task">{null}</Page>
}
