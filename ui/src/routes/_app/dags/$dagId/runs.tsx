/** Runs of one DAG. */
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { preferences } from '@/app/preferences'
import { zoneName } from '@/format/time'
import { RunList } from '@/runs/list'
import { runsQuery, runsSearch } from '@/runs/search'

function searched(search: Record<string, unknown>) {
  const { dag: _, ...found } = runsSearch(search)
  return found
}

export const Route = createFileRoute('/_app/dags/$dagId/runs')({
  validateSearch: searched,
  loader: ({ context, location, params }) =>
    context.queryClient.ensureQueryData(
      runsQuery(searched(location.search), zoneName(preferences().zone), params.dagId),
    ),
  component: Runs,
})

function Runs() {
  const { t } = useTranslation('runs')
  const { dagId } = Route.useParams()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <>
      <h2 className="visually-hidden">{t('title')}</h2>
      <RunList dagId={dagId} search={search} onSearch={(next, replace) => void navigate({ search: next, replace })} />
    </>
  )
}
