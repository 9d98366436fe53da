import { createFileRoute } from '@tanstack/react-router'
import { Page } from '@/components/page'

export const Route = createFileRoute('/_app/dags/')({ component: View })

function View() {
  return <Page title="DAGs">{null}</Page>
}
