/** One DAG: what it is and does next, and its views as tabs. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, Outlet, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useOffer } from '@/app/page-actions'
import { useMayRun } from '@/app/session'
import { useShortcuts } from '@/app/shortcuts'
import { buttonClass } from '@/components/button'
import { Page, TabLinks } from '@/components/page'
import { SaidSentence } from '@/components/sentence'
import { factsQuery } from '@/dag/queries'
import { Favourite } from '@/dags/favourite'
import { DeleteDagWindow, MoreActions } from '@/dags/more'
import { NextRun } from '@/dags/next-run'
import { PauseSwitch, PauseWindow } from '@/dags/pause'
import { useSchedule } from '@/dags/schedule'
import { TriggerButton, TriggerDialog } from '@/dags/trigger'

export const Route = createFileRoute('/_app/dags/$dagId')({
  loader: ({ context, params }) => context.queryClient.ensureQueryData(factsQuery(params.dagId)),
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

/** `v` and a letter: the views that are opened most. */
const VIEW_KEYS = [
  ['overview', 'v o'],
  ['grid', 'v g'],
  ['graph', 'v r'],
  ['runs', 'v u'],
  ['tasks', 'v t'],
  ['code', 'v c'],
] as const

function View() {
  const { t } = useTranslation(['dag', 'common'])
  const { dagId } = Route.useParams()
  const dag = useSuspenseQuery(factsQuery(dagId)).data
  const { explained } = dag
  const schedule = useSchedule()
  const mayRun = useMayRun(dagId)
  const navigate = useNavigate()
  const [opened, setOpened] = useState<'trigger' | 'delete' | { paused: boolean } | null>(null)
  const close = () => setOpened(null)
  const newest = dag.runs[0]
  const acts = [
    ...(mayRun
      ? [
          {
            id: 'trigger',
            keys: 't',
            label: t('dag:trigger.label', { name: dag.name }),
            act: () => setOpened('trigger'),
          },
          {
            id: 'backfill',
            keys: 'b',
            label: t('common:palette.backfill', { name: dag.name }),
            act: () => void navigate({ to: '/schedule/backfill', search: { dag_id: dagId } }),
          },
          {
            id: 'pause',
            keys: 'p',
            label: dag.paused
              ? t('dag:pause.do_unpause', { name: dag.name })
              : t('dag:pause.do_it', { name: dag.name }),
            act: () => setOpened({ paused: dag.paused }),
          },
        ]
      : []),
    ...(newest
      ? [
          {
            id: 'newest',
            keys: 'n',
            label: t('open_newest'),
            act: () => void navigate({ to: '/dags/$dagId/runs/$runId', params: { dagId, runId: newest.run_id } }),
          },
        ]
      : []),
  ]
  useShortcuts([
    ...acts,
    ...VIEW_KEYS.map(([name, keys]) => ({
      keys,
      label: t('open_tab', { name: dag.name, tab: t(`tabs.${name}`) }),
      act: () => void navigate({ to: TABS.find(([tab]) => tab === name)?.[1] ?? '/dags/$dagId', params: { dagId } }),
    })),
  ])
  useOffer([
    ...acts.map(({ id, label, act }) => ({ id, label, act })),
    ...(mayRun
      ? [{ id: 'delete', label: t('more.delete_name', { name: dag.name }), act: () => setOpened('delete') }]
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
          <Favourite dag={dag} />
          <span className="inline-flex items-center gap-1.5 text-sm text-ink-2">
            <PauseSwitch dagId={dagId} name={dag.name} paused={dag.paused} disabled={!mayRun} />
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
      actions={
        mayRun && (
          <>
            <TriggerButton dagId={dagId} name={dag.name} look="primary" />
            <Link to="/schedule/backfill" search={{ dag_id: dagId }} className={buttonClass('plain')}>
              {t('backfill')}
            </Link>
            <MoreActions dagId={dagId} onDelete={() => setOpened('delete')} />
          </>
        )
      }
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
      {opened === 'trigger' && <TriggerDialog dagId={dagId} name={dag.name} onClose={close} />}
      {opened === 'delete' && <DeleteDagWindow dagId={dagId} name={dag.name} onClose={close} />}
      {typeof opened === 'object' && opened !== null && (
        <PauseWindow dagId={dagId} name={dag.name} paused={opened.paused} onClose={close} />
      )}
    </Page>
  )
}
