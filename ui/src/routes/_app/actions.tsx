import { createFileRoute } from '@tanstack/react-router'
import { Page } from '@/components/page'

export const Route = createFileRoute('/_app/actions')({ component: View })

function View() {
  return <Page title="Required actions">{null}</Page>
}
