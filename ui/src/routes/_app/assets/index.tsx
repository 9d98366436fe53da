import { createFileRoute } from '@tanstack/react-router'
import { Page } from '@/components/page'

export const Route = createFileRoute('/_app/assets/')({ component: View })

function View() {
  return <Page title="Assets">{null}</Page>
}
