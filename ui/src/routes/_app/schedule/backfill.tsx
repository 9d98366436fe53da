/** The backfill planner: choose, limit, look at every run it will make, start. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api, type Schemas } from '@/api/client'
import { announce } from '@/app/announce'
import { usePreferences } from '@/app/preferences'
import { useMayRun } from '@/app/session'
import { bodyOf, type Draft, EMPTY, lastDays, missing, type Pick } from '@/backfills/body'
import { Estimate } from '@/backfills/estimate'
import { Button } from '@/components/button'
import { Problem } from '@/components/failure'
import { Check, Choice, TextArea, TextField } from '@/components/field'
import { Page } from '@/components/page'
import { Scrolled } from '@/components/scrolled'
import { useRecorded } from '@/components/sentence'
import { StateIcon, useStateWord } from '@/components/state'
import { Table } from '@/components/table'
import { Time } from '@/components/time'
import { zoneName } from '@/format/time'
import { useFormat } from '@/format/use-format'
import { text } from '@/lib/search'

export const Route = createFileRoute('/_app/schedule/backfill')({
  validateSearch: (search) => ({ ...text(search, 'dag_id'), ...text(search, 'from'), ...text(search, 'to') }),
  component: Planner,
})

const SHOWN = 200
const PICKS = ['missing', 'failed', 'completed'] as const
const ACTIONS = ['create', 'rerun', 'skip'] as const
const MARKS = { create: 'scheduled', rerun: 'up_for_retry', skip: 'skipped' } as const

function Planner() {
  const { t } = useTranslation(['backfill', 'common'])
  const format = useFormat()
  const search = Route.useSearch()
  const navigate = useNavigate()
  const zone = zoneName(usePreferences().zone)
  const [draft, setDraft] = useState<Draft>({
    ...EMPTY,
    dagId: search.dag_id ?? '',
    from: search.from ?? '',
    to: search.to ?? '',
  })
  const mayRun = useMayRun(draft.dagId)
  const plan = useMutation({
    mutationFn: async (body: Schemas['BackfillBody']) => {
      const { data } = await api.POST('/api/tradewind/preview/backfill', { params: { query: { limit: SHOWN } }, body })
      return data as Schemas['BackfillPlanResponse']
    },
  })
  const start = useMutation({
    mutationFn: async (body: Schemas['BackfillBody']) => {
      const { data } = await api.POST('/api/tradewind/backfills', { body })
      return data as Schemas['BackfillDetailResponse']
    },
    onSuccess: (made) => navigate({ to: '/schedule/backfills/$backfillId', params: { backfillId: String(made.id) } }),
  })
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }))
    plan.reset() // what was planned is not what would be started
    start.reset()
  }
  const lacks = missing(draft)
  const some = plan.data ? runsOf(plan.data) : 0
  return (
    <Page
      title={t('title')}
      sentence={t('what')}
      crumbs={[{ label: t('schedule'), link: { to: '/schedule' } }, { label: t('title') }]}
    >
      <div className="grid max-w-6xl grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Step number={1} title={t('step.choose')}>
          <Which draft={draft} change={change} zone={zone} />
        </Step>
        <Step number={2} title={t('step.limit')}>
          <Limits draft={draft} change={change} />
        </Step>
        <div className="lg:col-span-2">
          <Step number={3} title={t('step.plan')}>
            <div className="flex flex-wrap items-center gap-3">
              <Button
                look={plan.data ? 'plain' : 'primary'}
                disabled={lacks !== null}
                busy={plan.isPending}
                onClick={() => plan.mutate(bodyOf(draft, zone))}
              >
                {t('show_plan')}
              </Button>
              <span className="text-ink-2">{lacks ? t(`lacks.${lacks}`) : t('nothing_yet')}</span>
            </div>
            <Problem error={plan.error} />
            {plan.data && <Plan dagId={draft.dagId} plan={plan.data} some={plan.variables.tasks != null} />}
          </Step>
        </div>
        <div className="lg:col-span-2">
          <Step number={4} title={t('step.start')}>
            <div className="flex flex-wrap items-center gap-3">
              <Button
                look="primary"
                disabled={some === 0 || !mayRun}
                busy={start.isPending}
                onClick={() => start.mutate(bodyOf(draft, zone))}
              >
                {some ? t('start_runs', { count: some, shown: format.count(some) }) : t('start')}
              </Button>
              <span className="text-ink-2">
                {!mayRun
                  ? t('look_only')
                  : some
                    ? t('start_what', { count: draft.maxActive })
                    : t(plan.data ? 'nothing_runs' : 'first_plan')}
              </span>
            </div>
            <Problem error={start.error} />
          </Step>
        </div>
      </div>
    </Page>
  )
}

function runsOf(plan: Schemas['BackfillPlanResponse']): number {
  return (plan.counts.create ?? 0) + (plan.counts.rerun ?? 0)
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="card p-4" aria-labelledby={id}>
      <h2 id={id} className="mb-3 flex items-center gap-2">
        <span
          aria-hidden="true"
          className="flex size-6 items-center justify-center rounded-full bg-brand text-sm text-brand-ink"
        >
          {number}
        </span>
        {title}
      </h2>
      <div className="space-y-3">{children}</div>
    </section>
  )
}

type Part = { draft: Draft; change: (part: Partial<Draft>) => void }

function Which({ draft, change, zone }: Part & { zone: string }) {
  const { t } = useTranslation('backfill')
  const list = useId()
  const dags = useQuery(
    $api.queryOptions('get', '/api/tradewind/dags', {
      params: { query: { limit: 100, search: draft.dagId || undefined } },
    }),
  )
  return (
    <>
      <TextField
        label={t('dag')}
        value={draft.dagId}
        list={list}
        autoComplete="off"
        onChange={(event) => change({ dagId: event.target.value })}
      />
      <datalist id={list}>
        {dags.data?.dags.map((dag) => (
          <option key={dag.dag_id} value={dag.dag_id} />
        ))}
      </datalist>
      <Choice
        label={t('by')}
        value={draft.by}
        onChange={(event) => change({ by: event.target.value as Draft['by'] })}
        options={(['range', 'dates', 'keys'] as const).map((by) => [by, t(`by_${by}`)] as const)}
      />
      {draft.by === 'range' ? (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            <TextField
              label={t('from')}
              type="date"
              value={draft.from.slice(0, 10)}
              onChange={(event) => change({ from: event.target.value })}
            />
            <TextField
              label={t('to')}
              type="date"
              value={draft.to.slice(0, 10)}
              onChange={(event) => change({ to: event.target.value })}
            />
          </div>
          <div className="flex flex-wrap gap-2">
            {[1, 7, 30].map((days) => (
              <Button key={days} small onClick={() => change(lastDays(days, Date.now(), zone))}>
                {days === 1 ? t('yesterday') : t('last_days', { count: days })}
              </Button>
            ))}
          </div>
          <p className="text-sm text-ink-3">{t('days_of', { zone })}</p>
        </>
      ) : (
        <TextArea
          label={t(draft.by === 'dates' ? 'dates' : 'keys')}
          hint={t('one_a_line')}
          value={draft.lines}
          onChange={(event) => change({ lines: event.target.value })}
        />
      )}
      <fieldset className="space-y-1">
        <legend className="text-sm font-medium text-ink-2">{t('only')}</legend>
        {PICKS.map((pick) => (
          <Check
            key={pick}
            label={t(`pick.${pick}`)}
            checked={draft.only.includes(pick)}
            onChange={(event) => change({ only: toggled(draft.only, pick, event.target.checked) })}
          />
        ))}
      </fieldset>
    </>
  )
}

function toggled(picks: Pick[], pick: Pick, on: boolean): Pick[] {
  return PICKS.filter((one) => (one === pick ? on : picks.includes(one)))
}

function Limits({ draft, change }: Part) {
  const { t } = useTranslation('backfill')
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t('max_active')}
          hint={t('max_active_hint')}
          type="number"
          min={1}
          value={draft.maxActive}
          onChange={(event) => change({ maxActive: Math.max(1, Number(event.target.value) || 1) })}
        />
        <TextField
          label={t('stop_after')}
          hint={t('stop_after_hint')}
          type="number"
          min={1}
          value={draft.stopAfter ?? ''}
          onChange={(event) =>
            change({ stopAfter: event.target.value === '' ? null : Math.max(1, Number(event.target.value)) })
          }
        />
      </div>
      <TextArea
        label={t('tasks')}
        hint={t('tasks_hint')}
        rows={2}
        className="min-h-16!"
        value={draft.taskIds}
        onChange={(event) => change({ taskIds: event.target.value })}
      />
      {draft.taskIds.trim() !== '' && (
        <Check
          label={t('downstream')}
          checked={draft.downstream}
          onChange={(event) => change({ downstream: event.target.checked })}
        />
      )}
      <Check
        label={t('backwards')}
        checked={draft.backwards}
        onChange={(event) => change({ backwards: event.target.checked })}
      />
      <Check
        label={t('latest_version')}
        hint={t('latest_version_hint')}
        checked={draft.latestVersion}
        onChange={(event) => change({ latestVersion: event.target.checked })}
      />
      <TextArea
        label={t('conf')}
        hint={t('conf_hint')}
        rows={2}
        className="min-h-16! font-mono"
        spellCheck={false}
        value={draft.conf}
        onChange={(event) => change({ conf: event.target.value })}
      />
    </>
  )
}

/** `some`: not all tasks of the DAG were chosen. */
function Plan({ dagId, plan, some }: { dagId: string; plan: Schemas['BackfillPlanResponse']; some: boolean }) {
  const { t } = useTranslation('backfill')
  const word = useStateWord()
  const recorded = useRecorded()
  const format = useFormat()
  const sum = ACTIONS.filter((action) => plan.counts[action])
    .map((action) => t(`counted.${action}`, { shown: format.count(plan.counts[action] ?? 0) }))
    .join(' · ')
  const nothing = runsOf(plan) === 0 ? t(plan.runs.length === 0 ? 'no_dates' : 'nothing_to_run') : ''
  const paused = plan.dag_is_paused ? t('dag_paused') : ''
  const said = [sum, nothing, paused].filter(Boolean).join('. ')
  // its dates are not read out: they are a table to go through
  // biome-ignore lint/correctness/useExhaustiveDependencies: another plan may come to the same
  useEffect(() => announce(said), [plan, said])
  return (
    <div className="space-y-3">
      {sum && (
        <p>
          <span className="font-semibold">{sum}</span> {runsOf(plan) > 0 && <Estimate estimate={plan.estimate} />}
        </p>
      )}
      {nothing && <p className="text-ink-2">{nothing}</p>}
      {paused && <p className="rounded-md bg-warning-soft px-3 py-2 text-warning">{paused}</p>}
      {some && <p className="text-ink-2">{t('only_tasks', { names: plan.tasks.join(', ') })}</p>}
      <Scrolled label={t('runs')} className="max-h-96 rounded-md border border-line">
        <Table
          label={t('step.plan')}
          rows={plan.runs}
          rowKey={(run) => `${run.logical_date} ${run.partition_key} ${run.run_after}`}
          columns={[
            {
              key: 'what',
              head: t('column.what'),
              cell: (run) => (
                <span className="inline-flex items-center gap-1.5">
                  <StateIcon state={MARKS[run.action]} />
                  {t(`action.${run.action}`)}
                </span>
              ),
            },
            {
              key: 'date',
              head: t('column.date'),
              cell: (run) =>
                run.partition_key === null ? <Time at={run.logical_date} /> : <code>{run.partition_key}</code>,
            },
            {
              key: 'why',
              head: t('column.why'),
              cell: (run) =>
                run.dag_run_id && run.state ? (
                  <Link to="/dags/$dagId/runs/$runId" params={{ dagId, runId: run.dag_run_id }} title={run.dag_run_id}>
                    {t('has_run', { state: word(run.state) })}
                  </Link>
                ) : (
                  recorded(run.reason)
                ),
            },
          ]}
        />
      </Scrolled>
      {plan.expected > plan.runs.length && (
        <p className="text-sm text-ink-2">{t('and_more', { count: plan.expected - plan.runs.length })}</p>
      )}
    </div>
  )
}
