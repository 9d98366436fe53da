/** What else is known of a task instance: rendered fields, tries, why it waits, asset events, details. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { Copy } from '@/components/copy'
import { Empty } from '@/components/empty'
import { Markdown } from '@/components/markdown'
import { Section } from '@/components/page'
import { Raised } from '@/components/raised'
import { Scrolled } from '@/components/scrolled'
import { Fix, SaidSentence } from '@/components/sentence'
import { Lines } from '@/components/skeleton'
import { StateBadge } from '@/components/state'
import { Table } from '@/components/table'
import { Ago, Duration, Time } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { NARROW, useMedia } from '@/lib/media'
import { explainTaskQuery, type Place, topicsOfPlace, v2 } from './queries'
import { languageOf, type Token, tokens } from './records'
import type { Tab } from './search'
import { attemptState } from './sentence'
import { Value } from './value'

const HERE = '/dags/$dagId/runs/$runId/tasks/$taskId'

type Props = {
  place: Place
  task: Schemas['TaskPageResponse']
  instance: Schemas['TaskInstancePart']
}

export function OtherTabs({ tab, ...props }: Props & { tab: Tab }) {
  if (tab === 'rendered') return <Rendered place={props.place} />
  if (tab === 'attempts') return <Attempts {...props} />
  if (tab === 'explain') return <Explain place={props.place} />
  if (tab === 'assets') return <AssetEvents place={props.place} />
  return <Details {...props} />
}

function Rendered({ place }: { place: Place }) {
  const { t } = useTranslation('task')
  const path = v2(place).path
  const { data } = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}', {
      params: { path: { ...path, map_index: place.mapIndex } },
    }),
    meta: { topics: topicsOfPlace(place) },
  })
  const fields = Object.entries(data.rendered_fields)
  if (fields.length === 0) return <Empty title={t('rendered.none')}>{t('rendered.none_what')}</Empty>
  return (
    <div className="space-y-3">
      {fields.map(([name, value]) => (
        <Section
          key={name}
          title={name}
          extra={<Copy text={typeof value === 'string' ? value : JSON.stringify(value, null, 2)} />}
        >
          <div className="px-4 py-2">
            {typeof value === 'string' ? <Code name={name} text={value} /> : <Value value={value} name={name} />}
          </div>
        </Section>
      ))}
    </div>
  )
}

const COLORS: Record<Token['kind'], string> = {
  word: 'text-state-running font-semibold',
  string: 'text-state-success',
  comment: 'text-ink-2 italic',
  number: 'text-state-tolerated',
  plain: '',
}

function Code({ name, text }: { name: string; text: string }) {
  const { t } = useTranslation('task')
  if (text === '') return <span className="text-ink-2">–</span>
  return (
    <Scrolled label={t('value.of', { name })} className="max-h-[32rem]">
      <pre>
        {tokens(text, languageOf(name)).map((token, index) =>
          token.kind === 'plain' ? (
            token.text
          ) : (
            <span key={index} className={COLORS[token.kind]}>
              {token.text}
            </span>
          ),
        )}
      </pre>
    </Scrolled>
  )
}

function Attempts({ place, instance }: Props) {
  const { t } = useTranslation('task')
  const format = useFormat()
  const narrow = useMedia(NARROW)
  if (instance.attempts.length === 0) return <Empty title={t('attempts.none')} />
  return (
    <Section title={t('attempts.title')}>
      <Table
        label={t('attempts.title')}
        rows={[...instance.attempts].reverse()}
        rowKey={(row) => row.attempt_id}
        columns={[
          {
            key: 'try',
            head: t('attempts.try'),
            cell: (row) => (
              <Link
                to={HERE}
                params={{ dagId: place.dagId, runId: place.runId, taskId: place.taskId }}
                search={{ ...(place.mapIndex >= 0 ? { map_index: place.mapIndex } : {}), try: row.try_number }}
                aria-label={t('attempts.log', { number: row.try_number })}
              >
                {format.count(row.try_number)}
              </Link>
            ),
          },
          {
            key: 'state',
            head: t('attempts.state'),
            cell: (row) => (
              <>
                {row.state === 'lost' || row.state === 'cancelled' ? (
                  t(`attempts.${row.state}`)
                ) : (
                  <StateBadge state={attemptState(row.state)} />
                )}
                {narrow && (
                  <p className="text-sm wrap-anywhere">
                    <Raised type={row.error_type} message={row.message} />
                  </p>
                )}
              </>
            ),
          },
          {
            key: 'why',
            head: t('attempts.why'),
            className: 'min-w-48',
            wideOnly: true,
            cell: (row) => !narrow && <Raised type={row.error_type} message={row.message} className="wrap-anywhere" />,
          },
          { key: 'start', head: t('attempts.start'), cell: (row) => <Time at={row.start_date} />, wideOnly: true },
          {
            key: 'waited',
            head: t('attempts.waited'),
            className: 'text-end whitespace-nowrap',
            cell: (row) => <Duration start={row.queued_at} end={row.start_date ?? row.end_date} />,
            wideOnly: true,
          },
          {
            key: 'took',
            head: t('attempts.took'),
            className: 'text-end whitespace-nowrap',
            cell: (row) => <Duration start={row.start_date} end={row.end_date} />,
          },
          {
            key: 'where',
            head: t('attempts.where'),
            cell: (row) => (row.hostname ? `${row.hostname}${row.pid ? ` · ${row.pid}` : ''}` : ''),
            wideOnly: true,
          },
        ]}
      />
    </Section>
  )
}

const ENDED: ReadonlySet<string | null> = new Set(['success', 'failed', 'skipped', 'upstream_failed', 'removed'])

function Explain({ place }: { place: Place }) {
  const { t } = useTranslation('task')
  const { data } = useSuspenseQuery(explainTaskQuery(place))
  return (
    <Section title={t('explain.title')}>
      <div className="space-y-3 px-4 py-3">
        <p className="text-base">
          <SaidSentence said={data.said} text={data.sentence} />
        </p>
        {data.since && (
          <p className="text-ink-2">
            {t('explain.since')} <Time at={data.since} /> (<Ago at={data.since} />)
          </p>
        )}
        {data.unmet.length === 0 ? (
          !ENDED.has(data.state) && <p className="text-ink-2">{t('explain.nothing')}</p>
        ) : (
          <ol className="space-y-3">
            {data.unmet.map((condition) => (
              <li key={condition.name} className="rounded-md border border-line px-3 py-2">
                <Condition condition={condition} />
              </li>
            ))}
          </ol>
        )}
      </div>
    </Section>
  )
}

function Condition({ condition }: { condition: Schemas['ConditionResponse'] }) {
  const { t } = useTranslation('task')
  return (
    <>
      <p>
        <SaidSentence said={condition.said} text={condition.text} />
      </p>
      {condition.until && (
        <p className="text-sm text-ink-2">
          {t('explain.until')} <Time at={condition.until} />
        </p>
      )}
      {condition.fix && (
        <p className="text-sm text-ink-2">
          {t('explain.fix')} <Fix condition={condition} />
        </p>
      )}
      {condition.holders.length > 0 && (
        <>
          <p className="mt-1 text-sm font-medium text-ink-2">{t('explain.held_by', { count: condition.held_by })}</p>
          <ul className="text-sm">
            {condition.holders.map((holder, index) => (
              <li key={index} className="flex flex-wrap gap-x-2">
                <StateBadge state={holder.state} />
                {holder.task_id ? (
                  <Link
                    to={HERE}
                    params={{ dagId: holder.dag_id, runId: holder.dag_run_id, taskId: holder.task_id }}
                    search={holder.map_index >= 0 ? { map_index: holder.map_index } : {}}
                  >
                    {holder.dag_id} › {holder.task_id}
                    {holder.map_index >= 0 && ` [${holder.map_index}]`}
                  </Link>
                ) : (
                  <Link to="/dags/$dagId/runs/$runId" params={{ dagId: holder.dag_id, runId: holder.dag_run_id }}>
                    {holder.dag_id} › {holder.dag_run_id}
                  </Link>
                )}
                {holder.since && (
                  <span className="text-ink-2">
                    {t('explain.since')} <Ago at={holder.since} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function AssetEvents({ place }: { place: Place }) {
  const { t } = useTranslation('task')
  const { data } = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/v2/assets/events', {
      params: {
        query: {
          source_dag_id: place.dagId,
          source_run_id: place.runId,
          source_task_id: place.taskId,
          source_map_index: place.mapIndex,
          limit: 100,
          order_by: ['-timestamp'],
        },
      },
    }),
    meta: { topics: [...topicsOfPlace(place), 'assets'] },
  })
  if (data.asset_events.length === 0) return <Empty title={t('assets.none')}>{t('assets.none_what')}</Empty>
  return (
    <Section title={t('assets.title')}>
      <Table
        label={t('assets.title')}
        rows={data.asset_events}
        rowKey={(row) => String(row.id)}
        columns={[
          {
            key: 'asset',
            head: t('assets.asset'),
            cell: (row) => (
              <Link to="/assets/$assetId" params={{ assetId: String(row.asset_id) }}>
                {row.name ?? row.uri}
              </Link>
            ),
          },
          { key: 'at', head: t('assets.at'), cell: (row) => <Time at={row.timestamp} /> },
          { key: 'partition', head: t('assets.partition'), cell: (row) => row.partition_key ?? '', wideOnly: true },
          {
            key: 'extra',
            head: t('assets.extra'),
            cell: (row) =>
              row.extra && Object.keys(row.extra).length > 0 ? (
                <code className="break-all">{JSON.stringify(row.extra)}</code>
              ) : (
                ''
              ),
            wideOnly: true,
          },
          {
            key: 'runs',
            head: t('assets.runs'),
            cell: (row) => (
              <span className="flex flex-wrap gap-x-2">
                {row.created_dagruns.map((run) => (
                  <Link
                    key={`${run.dag_id} ${run.run_id}`}
                    to="/dags/$dagId/runs/$runId"
                    params={{ dagId: run.dag_id, runId: run.run_id }}
                  >
                    {run.dag_id}
                  </Link>
                ))}
              </span>
            ),
          },
        ]}
      />
    </Section>
  )
}

function Details({ place, task, instance }: Props) {
  const { t } = useTranslation('task')
  const format = useFormat()
  const facts: [string, ReactNode][] = [
    [t('details.task'), <code key="">{task.task_id}</code>],
    [t('details.run'), <code key="">{task.run_id}</code>],
    [t('facts.operator'), task.operator],
    [t('details.owner'), task.owner],
    [t('details.rule'), <code key="">{task.trigger_rule}</code>],
    [t('details.upstream'), <Tasks key="" ids={task.upstream} place={place} />],
    [t('details.downstream'), <Tasks key="" ids={task.downstream} place={place} />],
    [t('facts.pool'), t('facts.slots', { pool: instance.pool, count: instance.pool_slots })],
    [t('facts.queue'), instance.queue],
    [t('details.executor'), instance.executor ?? t('details.executor_default')],
    [t('details.priority'), format.count(instance.priority_weight)],
    [t('details.tries'), t('details.tries_of', { number: instance.try_number, tries: instance.tries })],
    [t('details.queued'), <Time key="" at={instance.queued_at} />],
    [t('attempts.start'), <Time key="" at={instance.start_date} />],
    [t('details.end'), <Time key="" at={instance.end_date} />],
    [t('attempts.took'), <Duration key="" start={instance.start_date} end={instance.end_date} />],
    [t('attempts.where'), instance.hostname ? `${instance.hostname} · ${instance.pid ?? ''}` : '–'],
    [t('details.version'), format.count(task.version_number)],
    [t('details.id'), <code key="">{instance.id}</code>],
  ]
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Section title={t('details.title')}>
        <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 px-4 py-2">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-2">{name}</dt>
              <dd className="min-w-0 break-words">{value || '–'}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <div className="space-y-4">
        {task.doc_md && (
          <Section title={t('details.doc')}>
            <div className="px-4 py-2">
              <Markdown text={task.doc_md} />
            </div>
          </Section>
        )}
        {instance.note && (
          <Section title={t('note.title')}>
            <p className="px-4 py-2 whitespace-pre-wrap">{instance.note}</p>
          </Section>
        )}
        <Suspense fallback={<Lines count={3} />}>
          <States place={place} />
        </Suspense>
        <Suspense fallback={<Lines count={3} />}>
          <Deadlines place={place} />
        </Suspense>
      </div>
    </div>
  )
}

function Tasks({ ids, place }: { ids: string[]; place: Place }) {
  if (ids.length === 0) return '–'
  return (
    <span className="flex flex-wrap gap-x-2">
      {ids.map((taskId) => (
        <Link key={taskId} to={HERE} params={{ dagId: place.dagId, runId: place.runId, taskId }} search={{}}>
          {taskId}
        </Link>
      ))}
    </span>
  )
}

function States({ place }: { place: Place }) {
  const { t } = useTranslation('task')
  const { path, query } = v2(place)
  const { data } = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/state-store', {
      params: { path, query: { ...query, limit: 100 } },
    }),
    meta: { topics: topicsOfPlace(place) },
  })
  return (
    <Section title={t('states.title')}>
      {data.task_state_store.length === 0 ? (
        <p className="px-4 py-2 text-ink-2">{t('states.none')}</p>
      ) : (
        <ul>
          {data.task_state_store.map((entry) => (
            <li key={entry.key} className="border-line border-b px-4 py-2 last:border-b-0">
              <p className="text-sm text-ink-2">
                <code className="font-semibold text-ink">{entry.key}</code> <Ago at={entry.updated_at} />
              </p>
              <Value value={entry.value} name={entry.key} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Deadlines({ place }: { place: Place }) {
  const { t } = useTranslation('task')
  const { data } = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/dagRuns/{dag_run_id}/deadlines', {
      params: { path: { dag_id: place.dagId, dag_run_id: place.runId }, query: { limit: 100 } },
    }),
    meta: { topics: topicsOfPlace(place) },
  })
  const mine = data.deadlines.filter((deadline) => deadline.task_id === place.taskId || deadline.task_id === null)
  return (
    <Section title={t('deadlines.title')}>
      {mine.length === 0 ? (
        <p className="px-4 py-2 text-ink-2">{t('deadlines.none')}</p>
      ) : (
        <Table
          label={t('deadlines.title')}
          rows={mine}
          rowKey={(row) => row.id}
          columns={[
            { key: 'name', head: t('deadlines.name'), cell: (row) => row.alert_name ?? row.reference_type },
            { key: 'of', head: t('deadlines.of'), cell: (row) => row.task_id ?? t('deadlines.run') },
            { key: 'at', head: t('deadlines.at'), cell: (row) => <Time at={row.deadline_time} /> },
            { key: 'state', head: t('attempts.state'), cell: (row) => t(`deadlines.state.${row.state}`) },
          ]}
        />
      )}
    </Section>
  )
}
