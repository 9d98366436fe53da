/** One run: how it went in a sentence, what can be done with it, and its views as tabs. */

import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, Outlet, useNavigate } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Which } from '@/actions/target'
import { ClearDialog, DeleteRunDialog, MarkDialog } from '@/actions/windows'
import type { Schemas } from '@/api/client'
import { useOffer } from '@/app/page-actions'
import { useMayRun } from '@/app/session'
import { Button, buttonClass } from '@/components/button'
import { Copy } from '@/components/copy'
import { Note } from '@/components/markdown'
import { Menu, MenuItem } from '@/components/menu'
import { Page, TabLinks } from '@/components/page'
import { SaidSentence, Sentence, useRecorded } from '@/components/sentence'
import { runState, StateBadge, useStateWord } from '@/components/state'
import { useNow } from '@/components/time'
import { TriggerDialog } from '@/dags/trigger'
import { useFormat } from '@/format/use-format'
import { runDate } from '@/lib/run-date'
import { type Selection, selection } from '@/lib/selection'
import { explainRunQuery, summaryQuery } from '@/runs/queries'
import { runSentence, type Say } from '@/runs/sentence'

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId')({
  validateSearch: (search): Selection => selection(search),
  loader: ({ context, params }) => context.queryClient.ensureQueryData(summaryQuery(params.dagId, params.runId)),
  component: View,
})

const TABS = [
  ['overview', '/dags/$dagId/runs/$runId'],
  ['grid', '/dags/$dagId/runs/$runId/grid'],
  ['graph', '/dags/$dagId/runs/$runId/graph'],
  ['timeline', '/dags/$dagId/runs/$runId/timeline'],
  ['compare', '/dags/$dagId/runs/$runId/compare'],
  ['assets', '/dags/$dagId/runs/$runId/assets'],
  ['details', '/dags/$dagId/runs/$runId/details'],
  ['events', '/dags/$dagId/runs/$runId/events'],
] as const

type Open =
  | { kind: 'clear'; which: Which }
  | { kind: 'mark'; state: 'success' | 'failed' }
  | { kind: 'again' | 'delete' }

function View() {
  const { t } = useTranslation(['run', 'common'])
  const { dagId, runId } = Route.useParams()
  const search = Route.useSearch()
  const format = useFormat()
  const mayRun = useMayRun(dagId)
  const navigate = useNavigate()
  const word = useStateWord()
  const run = useSuspenseQuery(summaryQuery(dagId, runId)).data
  const open = run.outcome === 'queued' || run.outcome === 'running'
  const [opened, setOpened] = useState<Open | null>(null)
  const close = () => setOpened(null)
  const title = format.dateTime(runDate(run))
  useOffer([
    ...(mayRun
      ? ([
          ...(run.failed > 0
            ? [
                {
                  id: 'failed',
                  label: `${t('do.clear')} ${t('do.clear_failed')}`,
                  act: () => setOpened({ kind: 'clear', which: 'failed' }),
                },
              ]
            : []),
          {
            id: 'all',
            label: `${t('do.clear')} ${t('do.clear_all')}`,
            act: () => setOpened({ kind: 'clear', which: 'all' }),
          },
          { id: 'again', label: t('do.again'), act: () => setOpened({ kind: 'again' }) },
          { id: 'delete', label: t('do.delete'), act: () => setOpened({ kind: 'delete' }) },
        ] as const)
      : []),
    ...TABS.map(([name, to]) => ({
      id: `tab ${name}`,
      label: t(`tabs.${name}`),
      act: () => void navigate({ to, params: { dagId, runId }, search: selection(search) }),
    })),
  ])
  return (
    <Page
      title={title}
      crumbs={[
        { label: t('common:nav.dags'), link: { to: '/dags' } },
        { label: run.dag_display_name, link: { to: '/dags/$dagId', params: { dagId } } },
        { label: t('common:nav.runs'), link: { to: '/dags/$dagId/runs', params: { dagId } } },
      ]}
      badge={
        <>
          <StateBadge state={runState(run)} className="font-semibold" />
          <span className="text-sm text-ink-2">
            {t(`type.${run.run_type as 'manual'}`, { defaultValue: run.run_type })}
          </span>
          <Copy text={runId} label={t('copy_id')} />
        </>
      }
      sentence={<How dagId={dagId} runId={runId} open={open} />}
      actions={
        <>
          {mayRun && (
            <>
              <Menu
                trigger={
                  <button type="button" className={buttonClass(run.failed > 0 ? 'primary' : 'plain')}>
                    {t('do.clear')}
                    <ChevronDown size={14} aria-hidden="true" />
                  </button>
                }
              >
                <MenuItem disabled={run.failed === 0} onClick={() => setOpened({ kind: 'clear', which: 'failed' })}>
                  {t('do.clear_failed')}
                </MenuItem>
                <MenuItem onClick={() => setOpened({ kind: 'clear', which: 'all' })}>{t('do.clear_all')}</MenuItem>
                <MenuItem disabled={open} onClick={() => setOpened({ kind: 'clear', which: 'new' })}>
                  {t('do.clear_new')}
                </MenuItem>
              </Menu>
              <Menu
                trigger={
                  <button type="button" className={buttonClass('plain')}>
                    {t('do.mark')}
                    <ChevronDown size={14} aria-hidden="true" />
                  </button>
                }
              >
                {(['success', 'failed'] as const).map((state) => (
                  <MenuItem
                    key={state}
                    disabled={run.state === state}
                    onClick={() => setOpened({ kind: 'mark', state })}
                  >
                    {word(state)}
                  </MenuItem>
                ))}
              </Menu>
              <Button title={t('do.again_hint')} onClick={() => setOpened({ kind: 'again' })}>
                {t('do.again')}
              </Button>
            </>
          )}
          {run.last_success && (
            <Link to="/dags/$dagId/runs/$runId/compare" params={{ dagId, runId }} className={buttonClass('plain')}>
              {t('do.compare')}
            </Link>
          )}
          {mayRun && (
            <Button look="danger" disabled={open} onClick={() => setOpened({ kind: 'delete' })}>
              {t('do.delete')}
            </Button>
          )}
        </>
      }
      tabs={
        <TabLinks
          label={t('tabs.label')}
          tabs={TABS.map(([name, to]) => ({
            label: t(`tabs.${name}`),
            link: { to, params: { dagId, runId }, search: selection(search) },
            exact: name === 'overview',
          }))}
        />
      }
    >
      <Outlet />
      {opened?.kind === 'clear' && (
        <ClearDialog target={{ dagId, runId }} start={{ which: opened.which }} onClose={close} />
      )}
      {opened?.kind === 'mark' && <MarkDialog target={{ dagId, runId }} state={opened.state} onClose={close} />}
      {opened?.kind === 'again' && (
        <TriggerDialog dagId={dagId} name={run.dag_display_name} conf={run.conf} onClose={close} />
      )}
      {opened?.kind === 'delete' && (
        <DeleteRunDialog
          dagId={dagId}
          runId={runId}
          onClose={close}
          onDone={() => navigate({ to: '/dags/$dagId/runs', params: { dagId } })}
        />
      )}
    </Page>
  )
}

/** The sentence; of a run that is not over it counts, and says what is waited for. */
function How({ dagId, runId, open }: { dagId: string; runId: string; open: boolean }) {
  const { t } = useTranslation('run')
  const format = useFormat()
  const run = useSuspenseQuery(summaryQuery(dagId, runId)).data
  const recorded = useRecorded()
  const { data: explained } = useQuery({ ...explainRunQuery(dagId, runId), enabled: open })
  const now = useNow(open ? 1000 : 60_000)
  const text = runSentence(
    run,
    { say: t as unknown as Say, recorded, duration: format.duration, when: format.calendarTime },
    now,
  )
  return (
    <>
      <Sentence text={text} />
      {open && explained && <Waits explained={explained} />}
      {run.note && <Note text={run.note} />}
    </>
  )
}

/** What is waited for, or what runs; that the run runs, and since when, is said already. */
function Waits({ explained }: { explained: Schemas['ExplanationResponse'] }) {
  const [first] = explained.unmet
  if (first)
    return (
      <p>
        <SaidSentence said={first.said} text={first.text} />
      </p>
    )
  const active = explained.said?.values.active
  if (active?.kind !== 'phrase') return null
  return (
    <p>
      <SaidSentence said={active.phrase} text="" />
    </p>
  )
}
