/** The tasks of a DAG: what each is, how it went last; one of them in a window with its documentation. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { Suspense, useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/button'
import { Dialog } from '@/components/dialog'
import { Empty } from '@/components/empty'
import { Facts } from '@/components/facts'
import { Markdown } from '@/components/markdown'
import { CursorPager } from '@/components/pager'
import { SearchBox } from '@/components/search-box'
import { StateBadge } from '@/components/state'
import { Table } from '@/components/table'
import { Duration, Time } from '@/components/time'
import { taskQuery, tasksQuery } from '@/dag/queries'
import { groupOf, secondsOf } from '@/dag/tasks'
import { useFormat } from '@/format/use-format'
import { runDate } from '@/lib/run-date'
import { text } from '@/lib/search'

export const Route = createFileRoute('/_app/dags/$dagId/tasks')({
  validateSearch: (search) => ({ ...text(search, 'q'), ...text(search, 'after'), ...text(search, 'task') }),
  loader: ({ context, params, location: { search } }) =>
    context.queryClient.ensureQueryData(tasksQuery(params.dagId, { ...text(search, 'q'), ...text(search, 'after') })),
  component: View,
})

function View() {
  const { t } = useTranslation('dagpages')
  const { dagId } = Route.useParams()
  const { q, after, task: opened } = Route.useSearch()
  const navigate = Route.useNavigate()
  const part = useMemo(() => ({ ...(q ? { q } : {}), ...(after ? { after } : {}) }), [q, after])
  const { data } = useSuspenseQuery(tasksQuery(dagId, useDeferredValue(part)))
  const run = data.run
  const open = (task: string | undefined) =>
    void navigate({ search: { ...part, ...(task ? { task } : {}) }, replace: task === undefined })
  return (
    <>
      <h2 className="visually-hidden">{t('tasks.title')}</h2>
      <search className="mb-3 flex flex-wrap items-center gap-3" aria-label={t('tasks.find')}>
        <SearchBox
          label={t('tasks.find')}
          value={q ?? ''}
          onChange={(next) => void navigate({ search: next ? { q: next } : {}, replace: true })}
        />
        <span className="text-sm text-ink-2" role="status">
          {t('tasks.count', { count: data.total })}
        </span>
        {run && (
          <span className="ms-auto text-sm text-ink-2">
            {t('tasks.as_in')}{' '}
            <Link to="/dags/$dagId/runs/$runId" params={{ dagId, runId: run.run_id }}>
              <Time at={runDate(run)} />
            </Link>
          </span>
        )}
      </search>
      <div className="card">
        {data.total === 0 ? (
          <Empty
            title={t('tasks.none')}
            action={q && <Button onClick={() => void navigate({ search: {} })}>{t('tasks.all')}</Button>}
          />
        ) : (
          <Table
            label={t('tasks.title')}
            rows={data.tasks}
            rowKey={(task) => task.task_id}
            columns={[
              {
                key: 'state',
                head: t('tasks.state'),
                className: 'w-1',
                cell: ({ now }) => {
                  if (!now || !run) return <StateBadge state="none" />
                  return (
                    <Link
                      to="/dags/$dagId/runs/$runId/tasks/$taskId"
                      params={{ dagId, runId: run.run_id, taskId: now.task_id }}
                      className="inline-flex min-h-6 items-center text-ink!"
                    >
                      <StateBadge state={now.state ?? 'none'} />
                      {now.count > 1 && (
                        <span className="ms-1.5 text-sm whitespace-nowrap text-ink-2">
                          {t('tasks.instances', { count: now.count })}
                        </span>
                      )}
                    </Link>
                  )
                },
              },
              {
                key: 'name',
                head: t('tasks.name'),
                cell: (task) => (
                  <>
                    <Link
                      from={Route.fullPath}
                      search={{ ...part, task: task.task_id }}
                      className="inline-flex min-h-6 items-center font-semibold break-all"
                    >
                      {groupOf(task) && <span className="font-normal text-ink-2">{groupOf(task)}.</span>}
                      {task.task_display_name}
                      {task.is_mapped && ' [ ]'}
                    </Link>
                    <span className="block text-sm text-ink-2 md:hidden">
                      {task.operator_name} <Duration start={task.now?.start_date} end={task.now?.end_date} />
                    </span>
                  </>
                ),
              },
              { key: 'operator', head: t('tasks.operator'), wideOnly: true, cell: (task) => task.operator_name },
              {
                key: 'took',
                head: t('tasks.took'),
                wideOnly: true,
                className: 'text-end',
                cell: ({ now }) => <Duration start={now?.start_date} end={now?.end_date} />,
              },
              {
                key: 'rule',
                head: t('tasks.rule'),
                wideOnly: true,
                cell: (task) => <code>{task.trigger_rule}</code>,
              },
              {
                key: 'retries',
                head: t('tasks.retries'),
                wideOnly: true,
                className: 'text-end',
                cell: (task) => task.retries,
              },
              { key: 'pool', head: t('tasks.pool'), wideOnly: true, cell: (task) => task.pool },
              { key: 'owner', head: t('tasks.owner'), wideOnly: true, cell: (task) => task.owner },
            ]}
          />
        )}
        <CursorPager
          page={data}
          at={after}
          onGo={(next) => void navigate({ search: { ...(q ? { q } : {}), ...(next ? { after: next } : {}) } })}
        />
      </div>
      {opened && (
        <Suspense>
          <TaskWindow dagId={dagId} taskId={opened} runId={run?.run_id} onClose={() => open(undefined)} />
        </Suspense>
      )}
    </>
  )
}

function TaskWindow({
  dagId,
  taskId,
  runId,
  onClose,
}: {
  dagId: string
  taskId: string
  runId: string | undefined
  onClose: () => void
}) {
  const { t } = useTranslation('dagpages')
  const format = useFormat()
  const task = useSuspenseQuery(taskQuery(dagId, taskId)).data
  const yes = (value: boolean) => value && t('yes')
  const delay = secondsOf(task.retry_delay)
  const timeout = secondsOf(task.execution_timeout)
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={task.task_display_name ?? taskId}
      description={task.operator_name}
      footer={
        runId && (
          <Link to="/dags/$dagId/runs/$runId/tasks/$taskId" params={{ dagId, runId, taskId }}>
            {t('tasks.in_newest')}
          </Link>
        )
      }
    >
      <div className="space-y-4">
        {task.doc_md && <Markdown text={task.doc_md} />}
        <Facts
          rows={[
            [t('tasks.id'), <code key="id">{taskId}</code>],
            [t('tasks.class'), [task.class_ref?.module_path, task.class_ref?.class_name].filter(Boolean).join('.')],
            [t('tasks.owner'), task.owner],
            [t('tasks.rule'), <code key="rule">{task.trigger_rule}</code>],
            [t('tasks.retries'), task.retries === null ? '' : format.count(task.retries)],
            [t('tasks.retry_delay'), task.retries && delay !== null ? format.duration(delay) : ''],
            [t('tasks.timeout'), timeout === null ? '' : format.duration(timeout)],
            [t('tasks.pool'), `${task.pool} (${t('tasks.slots', { count: task.pool_slots ?? 1 })})`],
            [t('tasks.queue'), task.queue],
            [t('tasks.priority'), task.priority_weight === null ? '' : `${task.priority_weight} (${task.weight_rule})`],
            [t('tasks.past'), yes(task.depends_on_past)],
            [t('tasks.wait'), yes(task.wait_for_downstream)],
            [t('tasks.mapped'), yes(task.is_mapped ?? false)],
            [t('tasks.templates'), task.template_fields?.join(', ')],
            [t('tasks.downstream'), task.downstream_task_ids?.join(', ')],
          ]}
        />
      </div>
    </Dialog>
  )
}
