import { createFileRoute } from '@tanstack/react-router'
import { Page } from '@/components/page'

export const Route = createFileRoute('/_app/')({ component: View })

function View() {
  return <Page title="Home">{null}</Page>
}
