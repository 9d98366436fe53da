import { createFileRoute } from '@tanstack/react-router'

export const Route = createFileRoute('/_app/dags/$dagId/backfills')({ component: () => null })
