/** One DAG: what it is and does next, and its views as tabs. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, Outlet, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOffer } from '@/app/page-actions'
import { useSession } from '@/app/session'
import { Page, TabLinks } from '@/components/page'
import { SaidSentence } from '@/components/sentence'
import { explainQuery, factsQuery } from '@/dag/queries'
import { NextRun } from '@/dags/next-run'
import { PauseSwitch } from '@/dags/pause'
import { useSchedule } from '@/dags/schedule'
import { TriggerButton, TriggerDialog } from '@/dags/trigger'

export const Route = createFileRoute('/_app/dags/$dagId')({
  loader: ({ context, params }) =>
    Promise.all([
      context.queryClient.ensureQueryData(factsQuery(params.dagId)),
      context.queryClient.ensureQueryData(explainQuery(params.dagId)),
    ]),
  component: View,
})

const TABS = [
  ['overview', '/dags/$dagId'],
  ['grid', '/dags/$dagId/grid'],
  ['graph', '/dags/$dagId/graph'],
  ['gantt', '/dags/$dagId/gantt'],
  ['calendar', '/dags/$dagId/calendar'],
  ['runs', '/dags/$dagId/runs'],
  ['tasks', '/dags/$dagId/tasks'],
  ['backfills', '/dags/$dagId/backfills'],
  ['code', '/dags/$dagId/code'],
  ['details', '/dags/$dagId/details'],
  ['events', '/dags/$dagId/events'],
] as const

function View() {
  const { t } = useTranslation(['dag', 'common', 'dags'])
  const { dagId } = Route.useParams()
  const dag = useSuspenseQuery(factsQuery(dagId)).data
  const explained = useSuspenseQuery(explainQuery(dagId)).data
  const schedule = useSchedule()
  const { may } = useSession()
  const navigate = useNavigate()
  const [triggering, setTriggering] = useState(false)
  useOffer([
    ...(may.run
      ? [{ id: 'trigger', label: t('dags:trigger.label', { name: dag.name }), act: () => setTriggering(true) }]
      : []),
    ...TABS.map(([name, to]) => ({
      id: `tab ${name}`,
      label: t('open_tab', { name: dag.name, tab: t(`tabs.${name}`) }),
      act: () => void navigate({ to, params: { dagId } }),
    })),
  ])
  return (
    <Page
      title={dag.name}
      crumbs={[{ label: t('common:nav.dags'), link: { to: '/dags' } }]}
      badge={
        <>
          <span className="inline-flex items-center gap-1.5 text-sm text-ink-2">
            <PauseSwitch dagId={dagId} name={dag.name} paused={dag.paused} disabled={!may.run} />
            {dag.paused ? t('paused') : t('active')}
          </span>
          {dag.tags.length > 0 && (
            <ul className="flex flex-wrap gap-1" aria-label={t('tags')}>
              {dag.tags.map((tag) => (
                <li key={tag}>
                  <Link
                    to="/dags"
                    search={{ tag }}
                    title={t('tagged', { tag })}
                    className="block rounded-full bg-sunken px-2 text-sm text-ink-2 hover:text-ink"
                  >
                    {tag}
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </>
      }
      sentence={
        <div className="flex flex-wrap gap-x-4 gap-y-0.5">
          <SaidSentence said={explained.said} text={explained.sentence} />
          {explained.said?.key !== 'dag.waits' && (
            <span className="text-sm">
              {t('next')} <NextRun dag={dag} />
            </span>
          )}
          {dag.schedule && (
            <span className="text-sm">
              {t('schedule')} <code>{dag.schedule}</code> <span className="text-ink-2">{schedule(dag)}</span>
            </span>
          )}
        </div>
      }
      actions={may.run && <TriggerButton dagId={dagId} name={dag.name} look="primary" />}
      tabs={
        <TabLinks
          label={t('tabs.label')}
          tabs={TABS.map(([name, to]) => ({
            label: t(`tabs.${name}`),
            link: { to, params: { dagId } },
            exact: name === 'overview',
          }))}
        />
      }
    >
      <Outlet />
      {triggering && <TriggerDialog dagId={dagId} name={dag.name} onClose={() => setTriggering(false)} />}
    </Page>
  )
}
