/** Runs of all DAGs. */
import { createFileRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { preferences } from '@/app/preferences'
import { Page } from '@/components/page'
import { zoneName } from '@/format/time'
import { RunList } from '@/runs/list'
import { runsQuery, runsSearch } from '@/runs/search'

export const Route = createFileRoute('/_app/runs')({
  validateSearch: runsSearch,
  loader: ({ context, location }) =>
    context.queryClient.ensureQueryData(runsQuery(runsSearch(location.search), zoneName(preferences().zone))),
  component: Runs,
})

function Runs() {
  const { t } = useTranslation('runs')
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <Page title={t('title')} sentence={t('what')}>
      <RunList search={search} onSearch={(next, replace) => void navigate({ search: next, replace })} />
    </Page>
  )
}
