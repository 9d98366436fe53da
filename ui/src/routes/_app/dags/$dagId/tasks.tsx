import { createFileRoute } from '@tanstack/react-router'
import { text } from '@/lib/search'

export const Route = createFileRoute('/_app/dags/$dagId/tasks')({
  validateSearch: (search) => text(search, 'q'),
  component: () => null,
})
