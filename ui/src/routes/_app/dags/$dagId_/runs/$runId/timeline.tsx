import { createFileRoute } from '@tanstack/react-router'

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId/timeline')({ component: () => null })
