/** A task in a run: one instance of it, with its log first; of a mapped task all its instances as a table. */

import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import { ChevronDown, ChevronLeft, ChevronRight, ExternalLink, NotebookPen } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MarkState } from '@/actions/target'
import { ClearDialog, MarkDialog } from '@/actions/windows'
import type { Schemas } from '@/api/client'
import { useOffer } from '@/app/page-actions'
import { useMayRun } from '@/app/session'
import { useShortcuts } from '@/app/shortcuts'
import { Button, buttonClass } from '@/components/button'
import { Later } from '@/components/later'
import { Note } from '@/components/markdown'
import { Menu, MenuItem } from '@/components/menu'
import { Page, TabLinks } from '@/components/page'
import { SaidSentence, Sentence, useRecorded } from '@/components/sentence'
import { Lines } from '@/components/skeleton'
import { asState, StateBadge, useStateWord } from '@/components/state'
import { Duration, useNow } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { runDate } from '@/lib/run-date'
import type { Say } from '@/runs/sentence'
import { explainTaskQuery, type Place, taskQuery } from '@/task/queries'
import { TABS, type TaskSearch, taskSearch } from '@/task/search'
import { taskSentence, WAITS } from '@/task/sentence'
import { TogetherWhy, waitsTogether } from '@/task/together'

type Task = Schemas['TaskPageResponse']
type Instance = Schemas['TaskInstancePart']

const LogTab = lazy(() => import('@/task/log-tab').then((part) => ({ default: part.LogTab })))
const XComTab = lazy(() => import('@/task/xcom-tab').then((part) => ({ default: part.XComTab })))
const OtherTabs = lazy(() => import('@/task/other-tabs').then((part) => ({ default: part.OtherTabs })))
const Instances = lazy(() => import('@/task/instances').then((part) => ({ default: part.Instances })))
const NoteDialog = lazy(() => import('@/task/note').then((part) => ({ default: part.NoteDialog })))
const MARKS: MarkState[] = ['success', 'failed', 'skipped']

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId_/tasks/$taskId')({
  validateSearch: (search): TaskSearch => taskSearch(search),
  loaderDeps: ({ search }) => ({ mapIndex: search.map_index ?? -1 }),
  loader: ({ context, params, deps }) => context.queryClient.ensureQueryData(taskQuery({ ...params, ...deps })),
  component: View,
})

type Open = { kind: 'clear' } | { kind: 'mark'; state: MarkState } | { kind: 'note' }

function View() {
  const { t } = useTranslation(['task', 'common'])
  const params = Route.useParams()
  const search = Route.useSearch()
  const { dagId, runId, taskId } = params
  const place: Place = { ...params, mapIndex: search.map_index ?? -1 }
  const task = useSuspenseQuery(taskQuery(place)).data
  const mayRun = useMayRun(dagId)
  const word = useStateWord()
  const format = useFormat()
  const [opened, setOpened] = useState<Open | null>(null)
  const close = () => setOpened(null)
  const { instance } = task
  const index = task.map_index >= 0 ? task.map_index : undefined
  const target = { dagId, runId, tasks: [{ taskId, ...(index === undefined ? {} : { mapIndex: index }) }] }
  useOffer(
    mayRun
      ? [
          { id: 'clear', label: t('do.clear'), act: () => setOpened({ kind: 'clear' }) },
          ...MARKS.map((state) => ({
            id: state,
            label: t('do.mark_as', { state: word(state) }),
            act: () => setOpened({ kind: 'mark' as const, state }),
          })),
          ...(instance ? [{ id: 'note', label: t('do.note'), act: () => setOpened({ kind: 'note' as const }) }] : []),
        ]
      : [],
  )
  const name = `${task.task_display_name}${index === undefined ? '' : ` [${task.map_name ?? index}]`}`
  return (
    <Page
      title={name}
      crumbs={[
        { label: t('common:nav.dags'), link: { to: '/dags' } },
        { label: task.dag_display_name, link: { to: '/dags/$dagId', params: { dagId } } },
        {
          label: format.dateTime(runDate(task)),
          link: { to: '/dags/$dagId/runs/$runId', params: { dagId, runId } },
        },
        ...(index === undefined
          ? []
          : [
              {
                label: t('all_of', { name: task.task_display_name }),
                link: { to: '/dags/$dagId/runs/$runId/tasks/$taskId', params: { dagId, runId, taskId }, search: {} },
              } as const,
            ]),
      ]}
      badge={
        instance && (
          <>
            <StateBadge state={instance.state} className="font-semibold" />
            <span className="text-ink-2">
              {instance.end_date
                ? format.duration(instance.duration_seconds)
                : instance.start_date &&
                  instance.try_number > 0 && <Duration start={instance.start_date} end={instance.end_date} />}
            </span>
          </>
        )
      }
      sentence={
        <>
          {instance ? <How place={place} instance={instance} /> : <Counts task={task} place={place} />}
          <Facts task={task} />
        </>
      }
      actions={
        <>
          {instance?.state === 'awaiting_input' && (
            <Link to="/actions" hash={instance.id} className={buttonClass('primary')}>
              {t('do.answer')}
            </Link>
          )}
          {mayRun && (
            <>
              <Button
                look={instance?.state === 'failed' || (task.counts.failed ?? 0) > 0 ? 'primary' : 'plain'}
                onClick={() => setOpened({ kind: 'clear' })}
              >
                {t('do.clear')}
              </Button>
              <Menu
                trigger={
                  <button type="button" className={buttonClass('plain')}>
                    {t('do.mark')}
                    <ChevronDown size={14} aria-hidden="true" />
                  </button>
                }
              >
                {MARKS.map((state) => (
                  <MenuItem
                    key={state}
                    disabled={instance?.state === state}
                    onClick={() => setOpened({ kind: 'mark', state })}
                  >
                    {word(state)}
                  </MenuItem>
                ))}
              </Menu>
            </>
          )}
          {mayRun && instance && (
            <Button icon={<NotebookPen size={14} aria-hidden="true" />} onClick={() => setOpened({ kind: 'note' })}>
              {t('do.note')}
            </Button>
          )}
          <Links instance={instance} />
        </>
      }
      tabs={
        <div className="flex flex-wrap items-end justify-between gap-x-4">
          {instance ? (
            <TabLinks
              label={t('tabs.label')}
              tabs={TABS.map((tab) => ({
                label: t(`tabs.${tab}`),
                link: {
                  to: '/dags/$dagId/runs/$runId/tasks/$taskId',
                  params,
                  search: { ...search, tab: tab === 'log' ? undefined : tab },
                },
                exact: true,
                search: true,
              }))}
            />
          ) : (
            <span />
          )}
          <Neighbours task={task} place={place} tab={search.tab} />
        </div>
      }
    >
      <Suspense fallback={<Lines />}>
        {instance ? (
          search.tab === undefined || search.tab === 'log' ? (
            <LogTab key={JSON.stringify(place)} place={place} task={task} instance={instance} search={search} />
          ) : search.tab === 'xcom' ? (
            <XComTab place={place} />
          ) : (
            <OtherTabs tab={search.tab} place={place} task={task} instance={instance} />
          )
        ) : (
          <Instances task={task} place={place} search={search} />
        )}
      </Suspense>
      {opened?.kind === 'clear' && <ClearDialog target={target} onClose={close} />}
      {opened?.kind === 'mark' && <MarkDialog target={target} state={opened.state} onClose={close} />}
      {opened?.kind === 'note' && instance && (
        <Later>
          <NoteDialog place={place} name={name} note={instance.note} onClose={close} />
        </Later>
      )}
    </Page>
  )
}

/** The sentence; of what is not over it counts, and says what is waited for. */
function How({ place, instance }: { place: Place; instance: Instance }) {
  const { t } = useTranslation('task')
  const format = useFormat()
  const waits = WAITS.has(instance.state)
  const { data: explained } = useQuery({ ...explainTaskQuery(place), enabled: waits })
  const now = useNow(instance.state === 'running' || instance.state === 'up_for_retry' ? 1000 : 60_000)
  const recorded = useRecorded()
  const words = {
    say: t as unknown as Say,
    recorded,
    duration: format.duration,
    relative: (at: string) => format.relative(at, now),
  }
  const text = taskSentence(instance, words, now)
  return (
    <>
      {waits && explained ? (
        <SaidSentence said={explained.said} text={explained.sentence} />
      ) : (
        text && <Sentence text={text} />
      )}
      {instance.note && <Note text={instance.note} />}
    </>
  )
}

/** Of a mapped task: how many of its instances are in which state, and what those that have not ended wait for. */
function Counts({ task, place }: { task: Task; place: Place }) {
  const { t } = useTranslation('task')
  const format = useFormat()
  const total = Object.values(task.counts).reduce((sum, count) => sum + count, 0)
  const waits = Object.keys(task.counts).some(waitsTogether)
  const { data: explained } = useQuery({ ...explainTaskQuery(place), enabled: waits })
  return (
    <>
      <p className="flex flex-wrap gap-x-3">
        <span>{t('instances.count', { count: total, shown: format.count(total) })}</span>
        {Object.entries(task.counts).map(([state, count]) => (
          <span key={state} className="inline-flex items-center gap-1">
            <StateBadge state={asState(state)} /> {format.count(count)}
          </span>
        ))}
      </p>
      {waits && explained && <TogetherWhy explained={explained} />}
    </>
  )
}

function Facts({ task }: { task: Task }) {
  const { t } = useTranslation('task')
  const { instance } = task
  const facts = [
    [t('facts.operator'), task.operator],
    ...(instance
      ? [
          [
            t('facts.pool'),
            instance.pool_slots > 1
              ? t('facts.slots', { pool: instance.pool, count: instance.pool_slots })
              : instance.pool,
          ],
          [t('facts.queue'), instance.queue],
        ]
      : []),
  ].filter(([, value]) => value)
  return (
    <dl className="mt-1 flex flex-wrap gap-x-4 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="flex gap-1">
          <dt className="text-ink-2">{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Links of the operator to other systems; what has no address yet is said so. */
function Links({ instance }: { instance: Instance | null }) {
  const { t } = useTranslation('task')
  return Object.entries(instance?.links ?? {}).map(([name, address]) =>
    address ? (
      <a key={name} href={address} target="_blank" rel="noreferrer" className={buttonClass('plain')}>
        {name}
        <ExternalLink size={13} aria-hidden="true" />
      </a>
    ) : (
      <Button key={name} disabled title={t('link_unknown')}>
        {name}
      </Button>
    ),
  )
}

const HERE = '/dags/$dagId/runs/$runId/tasks/$taskId'

/** The same task in the runs before and after, the tasks (or instances) before and after in this run. */
function Neighbours({ task, place, tab }: { task: Task; place: Place; tab: TaskSearch['tab'] }) {
  const { t } = useTranslation('task')
  const format = useFormat()
  const navigate = useNavigate()
  const { dagId, runId, taskId, mapIndex } = place
  const index = mapIndex >= 0 ? { map_index: mapIndex } : {}
  const total = Object.values(task.counts).reduce((sum, count) => sum + count, 0)
  const inRun = (name: string | null, map_index: number | null) =>
    map_index !== null
      ? { params: { dagId, runId, taskId }, search: { map_index, tab }, name: `[${map_index}]` }
      : name !== null
        ? { params: { dagId, runId, taskId: name }, search: { tab }, name }
        : null
  const run = (other: Task['next_run']) =>
    other && {
      params: { dagId, runId: other.run_id, taskId },
      search: { ...index, tab },
      name: format.dateTime(other.run_after),
    }
  const mapped = mapIndex >= 0
  const places = {
    run_before: run(task.previous_run),
    run_after: run(task.next_run),
    task_before: mapped ? inRun(null, mapIndex > 0 ? mapIndex - 1 : null) : inRun(task.previous_task, null),
    task_after: mapped ? inRun(null, mapIndex + 1 < total ? mapIndex + 1 : null) : inRun(task.next_task, null),
  }
  const keys = { run_before: '[', run_after: ']', task_before: '{', task_after: '}' } as const
  const names = Object.keys(keys) as (keyof typeof keys)[]
  useShortcuts(
    names.flatMap((one) => {
      const to = places[one]
      const act = () => void navigate({ to: HERE, params: to?.params ?? place, search: to?.search ?? {} })
      return to ? [{ keys: keys[one], label: t(`beside.${one}`), act }] : []
    }),
  )
  return (
    <nav aria-label={t('beside.label')} className="flex flex-wrap gap-x-4 pb-1 text-sm">
      {(
        [
          ['task_before', 'task_after', mapped ? 'instance' : 'task'],
          ['run_before', 'run_after', 'run'],
        ] as const
      ).map(([before, after, what]) => (
        <span key={what} className="inline-flex items-center gap-1">
          <Step to={places[before]} label={t(`beside.${before}`)} keys={keys[before]} before />
          <span className="text-ink-2">{t(`beside.${what}`)}</span>
          <Step to={places[after]} label={t(`beside.${after}`)} keys={keys[after]} />
        </span>
      ))}
    </nav>
  )
}

type To = { params: { dagId: string; runId: string; taskId: string }; search: TaskSearch; name: string } | null

function Step({ to, label, keys, before }: { to: To; label: string; keys: string; before?: boolean }) {
  const icon = before ? <ChevronLeft size={16} aria-hidden="true" /> : <ChevronRight size={16} aria-hidden="true" />
  const look = 'inline-flex size-7 items-center justify-center rounded-md'
  if (!to) return <span className={`${look} text-ink-3 opacity-50`}>{icon}</span>
  const said = `${label}: ${to.name}`
  return (
    <Link
      to={HERE}
      params={to.params}
      search={to.search}
      aria-label={said}
      title={`${said} (${keys})`}
      className={`${look} hover:bg-hover`}
    >
      {icon}
    </Link>
  )
}
