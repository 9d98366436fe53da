/** Events of assets: when, by whom, with what, and which runs they led to. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { JsonTree } from '@/components/json-tree'
import { runState, StateIcon } from '@/components/state'
import { type Column, Table } from '@/components/table'
import { Time } from '@/components/time'
import { NARROW, useMedia } from '@/lib/media'

type Event = Schemas['AssetEventResponse']
const MOST_RUNS = 4
/** Rows are of several lines: their first ones stand beside each other. */
const TOP = 'align-top [th&]:align-middle'

export function EventsTable({ events, label, ofOne = false }: { events: Event[]; label: string; ofOne?: boolean }) {
  const { t } = useTranslation('assets')
  const narrow = useMedia(NARROW)
  const columns: Column<Event>[] = [
    { key: 'when', head: t('event.when'), className: TOP, cell: (event) => <Time at={event.timestamp} /> },
    {
      key: 'asset',
      head: t('event.asset'),
      className: TOP,
      cell: (event) => (
        <>
          <Link
            to="/assets/$assetId"
            params={{ assetId: String(event.asset_id) }}
            title={event.uri ?? undefined}
            className="inline-flex min-h-6 items-center break-all"
          >
            {event.name}
          </Link>
          {narrow && (
            <div className="text-sm">
              <Maker event={event} />
            </div>
          )}
        </>
      ),
    },
    {
      key: 'by',
      head: t('event.by'),
      wideOnly: !ofOne,
      className: TOP,
      cell: (event) => (ofOne || !narrow) && <Maker event={event} />,
    },
    {
      key: 'partition',
      head: t('event.partition'),
      wideOnly: true,
      className: TOP,
      cell: (event) =>
        event.partition_key === null ? <span className="text-ink-3">–</span> : <code>{event.partition_key}</code>,
    },
    { key: 'extra', head: t('event.extra'), wideOnly: true, className: TOP, cell: (event) => <Extra event={event} /> },
    {
      key: 'led',
      head: t('event.led'),
      wideOnly: true,
      className: TOP,
      cell: (event) => <Led event={event} />,
    },
  ]
  return (
    <Table
      label={label}
      rows={events}
      rowKey={(event) => String(event.id)}
      columns={ofOne ? columns.filter((column) => column.key !== 'asset') : columns}
    />
  )
}

function Maker({ event }: { event: Event }) {
  const { t } = useTranslation('assets')
  const { source_dag_id: dagId, source_run_id: runId, source_task_id: taskId, source_map_index: index } = event
  if (!dagId) return <span className="text-ink-2">{t('event.hand')}</span>
  const task = taskId && index >= 0 ? t('event.mapped', { task: taskId, index }) : taskId
  if (!runId || !taskId) {
    return (
      <Link to="/dags/$dagId" params={{ dagId }}>
        {dagId}
      </Link>
    )
  }
  return (
    <Link
      to="/dags/$dagId/runs/$runId/tasks/$taskId"
      params={{ dagId, runId, taskId }}
      search={index >= 0 ? { map_index: index } : {}}
      className="inline-flex min-h-6 items-center break-all"
    >
      {dagId} › {task}
    </Link>
  )
}

function Extra({ event }: { event: Event }) {
  const { t } = useTranslation('assets')
  const entries = Object.entries(event.extra ?? {})
  if (entries.length === 0) return <span className="text-ink-3">–</span>
  const [first] = entries
  if (entries.length === 1 && (typeof first?.[1] !== 'object' || first[1] === null)) {
    return <JsonTree value={event.extra} />
  }
  return (
    <details>
      <summary className="cursor-pointer whitespace-nowrap">{t('event.fields', { count: entries.length })}</summary>
      <JsonTree value={event.extra} />
    </details>
  )
}

function Led({ event }: { event: Event }) {
  const { t } = useTranslation('assets')
  const runs = event.created_dagruns
  if (runs.length === 0) return <span className="text-ink-3">{t('event.nothing')}</span>
  return (
    <ul>
      {runs.slice(0, MOST_RUNS).map((run) => (
        <li key={`${run.dag_id} ${run.run_id}`} className="flex min-h-6 items-center gap-1.5">
          <StateIcon state={runState(run)} />
          <Link
            to="/dags/$dagId/runs/$runId"
            params={{ dagId: run.dag_id, runId: run.run_id }}
            title={run.run_id}
            className="inline-flex min-h-6 items-center"
          >
            {run.dag_id}
          </Link>
        </li>
      ))}
      {runs.length > MOST_RUNS && (
        <li className="text-sm text-ink-2">{t('and_more', { count: runs.length - MOST_RUNS })}</li>
      )}
    </ul>
  )
}
