import { createFileRoute } from '@tanstack/react-router'
import { whole } from '@/lib/search'

export const Route = createFileRoute('/_app/dags/$dagId/code')({
  validateSearch: (search) => ({ ...whole(search, 'version'), ...whole(search, 'with') }),
  component: () => null,
})
