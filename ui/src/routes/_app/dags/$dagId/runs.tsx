/** Runs of one DAG. */
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { preferences } from '@/app/preferences'
import { zoneName } from '@/format/time'
import { RunList } from '@/runs/list'
import { runsQuery, runsSearch } from '@/runs/search'

export const Route = createFileRoute('/_app/dags/$dagId/runs')({
  validateSearch: (search) => {
    const { dag: _, ...found } = runsSearch(search)
    return found
  },
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps, params }) =>
    context.queryClient.ensureQueryData(runsQuery(deps, zoneName(preferences().zone), params.dagId)),
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
