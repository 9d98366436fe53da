import { createFileRoute } from '@tanstack/react-router'
import { Page } from '@/components/page'

export const Route = createFileRoute('/_app/schedule/')({ component: View })

function View() {
  return <Page title="Schedule">{null}</Page>
}
