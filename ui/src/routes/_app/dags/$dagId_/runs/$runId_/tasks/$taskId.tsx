import { createFileRoute } from '@tanstack/react-router'
import { Page } from '@/components/page'
import { whole } from '@/lib/search'

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId_/tasks/$taskId')({
  validateSearch: (search) => whole(search, 'map_index'),
  component: View,
})

function View() {
  return <Page title="Task">{null}</Page>
}
