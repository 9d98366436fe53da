import { createFileRoute } from '@tanstack/react-router'
import { Page } from '@/components/page'

export const Route = createFileRoute('/_app/assets/$assetId')({ component: View })

function View() {
  return <Page title="Asset">{null}</Page>
}
