import { createFileRoute } from '@tanstack/react-router'
import { Page } from '@/components/page'

export const Route = createFileRoute('/_app/assets/lineage')({ component: View })

function View() {
  return <Page title="Lineage">{null}</Page>
}
