import { createFileRoute } from '@tanstack/react-router'
import { Page } from '@/components/page'

export const Route = createFileRoute('/_app/schedule/backfills/$backfillId')({ component: View })

function View() {
  return <Page title="Backfill">{null}</Page>
}
