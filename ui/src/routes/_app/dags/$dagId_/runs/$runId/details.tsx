/** All that is known of a run, its note, its deadlines. */

import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api } from '@/api/client'
import { useMayRun } from '@/app/session'
import { Button } from '@/components/button'
import { Copy } from '@/components/copy'
import { TextArea } from '@/components/field'
import { FormDialog, textOf } from '@/components/form-dialog'
import { Markdown } from '@/components/markdown'
import { Section } from '@/components/page'
import { useRecorded } from '@/components/sentence'
import { runState, StateBadge } from '@/components/state'
import { Table } from '@/components/table'
import { Duration, Time } from '@/components/time'
import { say } from '@/components/toast'
import { useDagsChanged } from '@/dags/changes'
import { runTopic } from '@/live/topics'
import { summaryQuery } from '@/runs/queries'
import { useTriggeredBy } from '@/runs/triggered-by'

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId/details')({ component: Details })

function Details() {
  const { t } = useTranslation('run')
  const { dagId, runId } = Route.useParams()
  const mayRun = useMayRun(dagId)
  const changed = useDagsChanged()
  const [writing, setWriting] = useState(false)
  const run = useSuspenseQuery(summaryQuery(dagId, runId)).data
  const meta = { topics: [runTopic(dagId, runId)] }
  const more = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}', {
      params: { path: { dag_id: dagId, dag_run_id: runId } },
    }),
    meta,
  }).data
  const { deadlines } = useSuspenseQuery({
    ...$api.queryOptions('get', '/api/tradewind/dags/{dag_id}/dagRuns/{dag_run_id}/deadlines', {
      params: { path: { dag_id: dagId, dag_run_id: runId } },
    }),
    meta,
  }).data
  const by = useTriggeredBy()
  const recorded = useRecorded()
  const facts = [
    [
      t('details.id'),
      <span key="id" className="flex flex-wrap items-center gap-2">
        <code className="break-all">{runId}</code>
        <Copy text={runId} />
      </span>,
    ],
    [t('details.dag'), <code key="dag">{dagId}</code>],
    [t('details.state'), <StateBadge key="state" state={runState(run)} />],
    ...(run.reason ? [[t('details.reason'), recorded(run.reason)] as const] : []),
    [t('details.type'), t(`type.${run.run_type as 'manual'}`, { defaultValue: run.run_type })],
    [t('details.by'), by(run.triggered_by)],
    ...(run.triggering_user ? [[t('details.user'), run.triggering_user] as const] : []),
    ...(run.backfill_id !== null
      ? [
          [
            t('details.backfill'),
            <Link key="backfill" to="/schedule/backfills/$backfillId" params={{ backfillId: String(run.backfill_id) }}>
              {run.backfill_id}
            </Link>,
          ] as const,
        ]
      : []),
    ...(more.partition_key ? [[t('details.partition'), <code key="key">{more.partition_key}</code>] as const] : []),
    [t('details.logical'), <Time key="logical" at={run.logical_date} />],
    [t('overview.after'), <Time key="after" at={run.run_after} />],
    [t('overview.queued'), <Time key="queued" at={run.queued_at} />],
    [t('overview.start'), <Time key="start" at={run.start_date} />],
    [t('overview.end'), <Time key="end" at={run.end_date} />],
    [t('overview.duration'), <Duration key="took" start={run.start_date} end={run.end_date} />],
    [
      t('overview.version'),
      <span key="version">
        {run.version_number} ·{' '}
        <Link to="/dags/$dagId/code" params={{ dagId }}>
          {t('details.code')}
        </Link>
      </span>,
    ],
  ] as const
  const send = async (form: FormData) => {
    await api.PATCH('/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}', {
      params: { path: { dag_id: dagId, dag_run_id: runId }, query: { update_mask: ['note'] } },
      body: { note: textOf(form, 'note') },
    })
    say(t('details.note_saved'))
    await changed()
  }
  return (
    <div className="space-y-4">
      <Section title={t('details.title')}>
        <dl className="grid gap-x-6 gap-y-1.5 px-4 py-3 sm:grid-cols-[12rem_1fr]">
          {facts.map(([name, value], index) => (
            <div key={index} className="contents">
              <dt className="text-ink-2">{name}</dt>
              <dd className="min-w-0 break-words max-sm:mb-1.5">{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section
        title={t('details.note')}
        extra={
          mayRun && (
            <Button small onClick={() => setWriting(true)}>
              {t('details.edit_note')}
            </Button>
          )
        }
      >
        <div className="px-4 py-3 [&_p]:whitespace-pre-wrap">
          {run.note ? <Markdown text={run.note} /> : <span className="text-ink-2">{t('details.no_note')}</span>}
        </div>
      </Section>
      {deadlines.length > 0 && (
        <Section title={t('details.deadlines')}>
          <Table
            label={t('details.deadlines')}
            rows={deadlines}
            rowKey={(row) => row.id}
            columns={[
              { key: 'at', head: t('details.deadline'), cell: (row) => <Time at={row.deadline_time} /> },
              {
                key: 'name',
                head: t('overview.task'),
                cell: (row) => row.alert_name ?? row.task_id ?? row.reference_type,
              },
              {
                key: 'state',
                head: t('details.state'),
                cell: (row) => (row.missed ? t('details.missed') : t('details.kept')),
              },
            ]}
          />
        </Section>
      )}
      {writing && (
        <FormDialog title={t('details.edit_note')} send={send} onClose={() => setWriting(false)}>
          <TextArea label={t('details.note')} name="note" defaultValue={run.note ?? ''} maxLength={1000} autoFocus />
        </FormDialog>
      )}
    </div>
  )
}
