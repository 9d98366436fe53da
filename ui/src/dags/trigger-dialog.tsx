/** Trigger a DAG: a form from its params, the same as JSON, and as commands. */
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api, type Schemas } from '@/api/client'
import { usePreferences } from '@/app/preferences'
import { useSession } from '@/app/session'
import { Button } from '@/components/button'
import { Copy } from '@/components/copy'
import { Dialog } from '@/components/dialog'
import { Problem } from '@/components/failure'
import { Check, TextField } from '@/components/field'
import { Lines } from '@/components/skeleton'
import { say } from '@/components/toast'
import { zoneName } from '@/format/time'
import { atClock } from '@/lib/days'
import { ParamsForm, RawJson } from '@/params/params-form'
import { fieldsOf, isLacking, startValues } from '@/params/schema'
import { useDagsChanged } from './changes'
import { asCli, asCurl, asPython, type TriggerBody } from './commands'
import { TriggerPreview } from './trigger-preview'

type DialogProps = { dagId: string; name: string; onClose: () => void; conf?: Record<string, unknown> }

export function TriggerDialog({ dagId, name, onClose, conf }: DialogProps) {
  const { t } = useTranslation('dags')
  const { data, error } = useQuery(
    $api.queryOptions('get', '/api/v2/dags/{dag_id}/details', { params: { path: { dag_id: dagId } } }),
  )
  if (!data) {
    return (
      <Dialog open onOpenChange={(open) => !open && onClose()} title={t('trigger.title', { name })}>
        {error ? <Problem error={error} /> : <Lines />}
      </Dialog>
    )
  }
  return <Loaded dag={data} name={name} onClose={onClose} conf={conf} />
}

type LoadedProps = {
  dag: Schemas['DAGDetailsResponse']
  name: string
  onClose: () => void
  conf?: Record<string, unknown>
}

function Loaded({ dag, name, onClose, conf }: LoadedProps) {
  const { t } = useTranslation(['dags', 'dag', 'common'])
  const navigate = useNavigate()
  const changed = useDagsChanged()
  const { no_auth } = useSession()
  const params = dag.params ?? {}
  const hasParams = Object.keys(params).length > 0
  const fields = fieldsOf(params)
  const [values, setValues] = useState<Record<string, unknown>>(() => ({ ...startValues(fields), ...conf }))
  const lacking = fields.filter((field) => isLacking(field, values[field.name])).map((field) => field.title)
  const lacks = lacking.length > 0
  const [wrong, setWrong] = useState(false)
  const zone = zoneName(usePreferences().zone)
  const [date, setDate] = useState('')
  const [runId, setRunId] = useState('')
  const [note, setNote] = useState('')
  const [unpause, setUnpause] = useState(dag.is_paused)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const body: TriggerBody = {
    logical_date: date ? new Date(atClock(date, zone)).toISOString() : null,
    ...(Object.keys(values).length > 0 ? { conf: values } : {}),
    ...(runId ? { dag_run_id: runId } : {}),
    ...(note ? { note } : {}),
  }
  const change = (next: Record<string, unknown>, isWrong: boolean) => {
    setValues(next)
    setWrong(isWrong)
    setProblem(null)
  }
  const send = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const path = { dag_id: dag.dag_id }
      if (dag.is_paused && unpause) {
        await api.POST('/api/tradewind/dags/{dag_id}/unpause', { params: { path }, body: { confirm_past_runs: false } })
      }
      const { data: run } = await api.POST('/api/v2/dags/{dag_id}/dagRuns', { params: { path }, body })
      say(t('trigger.done', { name }))
      await changed()
      onClose()
      if (run) await navigate({ to: '/dags/$dagId/runs/$runId', params: { dagId: run.dag_id, runId: run.dag_run_id } })
    } catch (failure) {
      setProblem(failure)
      setBusy(false)
    }
  }
  const commands = [
    ['curl', asCurl(location.origin, dag.dag_id, body, !no_auth)],
    ['CLI', asCli(dag.dag_id, body)],
    ['Python', asPython(location.origin, dag.dag_id, body, !no_auth)],
  ] as const
  return (
    <Dialog
      open
      wide={hasParams}
      onOpenChange={(open) => !open && !busy && onClose()}
      title={t('trigger.title', { name })}
      footer={
        <>
          <div className="basis-full">
            <TriggerPreview
              dagId={dag.dag_id}
              body={body}
              paused={dag.is_paused ? (unpause ? 'ends' : 'stays') : 'no'}
              wrong={wrong}
              lacking={lacking}
            />
          </div>
          <span className="flex flex-1 flex-wrap items-center gap-x-1 max-sm:basis-full">
            <span className="text-sm text-ink-2">{t('trigger.copy_as')}</span>
            {commands.map(([word, command]) => (
              <Copy key={word} text={command} label={word} name={t('trigger.copy', { what: word })} />
            ))}
          </span>
          <Button onClick={onClose} disabled={busy}>
            {t('common:cancel')}
          </Button>
          <Button look="primary" busy={busy} disabled={wrong || lacks} onClick={send}>
            {t('dag:trigger.do')}
          </Button>
        </>
      }
    >
      <div className={hasParams ? 'grid gap-6 md:grid-cols-2' : ''}>
        {hasParams && <ParamsForm params={params} values={values} onChange={change} />}
        <div className="space-y-3">
          <RawJson values={values} onChange={change} />
          <TextField
            label={t('trigger.date', { zone })}
            hint={t('trigger.date_hint')}
            type="datetime-local"
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
          <TextField
            label={t('trigger.run_id')}
            hint={t('trigger.run_id_hint')}
            value={runId}
            maxLength={250}
            onChange={(event) => setRunId(event.target.value)}
          />
          <TextField
            label={t('trigger.note')}
            value={note}
            maxLength={1000}
            onChange={(event) => setNote(event.target.value)}
          />
          {dag.is_paused && (
            <Check
              label={t('trigger.unpause')}
              hint={t('trigger.unpause_hint')}
              checked={unpause}
              onChange={(event) => setUnpause(event.target.checked)}
            />
          )}
          <Problem error={problem} />
        </div>
      </div>
    </Dialog>
  )
}
