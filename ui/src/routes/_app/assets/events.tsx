import { createFileRoute } from '@tanstack/react-router'
import { Page } from '@/components/page'

export const Route = createFileRoute('/_app/assets/events')({ component: View })

function View() {
  return <Page title="Asset events">{null}</Page>
}
