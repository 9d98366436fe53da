/**
 * Clearing: let task instances, or a whole run, run again.  Shows what is touched before it is done.
 *
 * Used by the pages of runs, of task instances and by the lists of them.
 */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, api } from '@/api/client'
import { Check, TextField } from '@/components/field'
import { say } from '@/components/toast'
import { ActionFrame, ReachChecks } from './frame'
import {
  type ClearOptions,
  chosenName,
  clearBody,
  clearDefaults,
  clearRunBody,
  type Target,
  type Which,
} from './target'
import { TouchedList } from './touched'

type Props = { target: Target; start?: Partial<ClearOptions>; onClose: () => void }

export function ClearDialog({ target, start, onClose }: Props) {
  const { t } = useTranslation('touch')
  const [options, setOptions] = useState<ClearOptions>(() => ({ ...clearDefaults(target), ...start }))
  const change = (next: Partial<ClearOptions>) => setOptions((before) => ({ ...before, ...next }))
  const whole = target.tasks === undefined
  const touched = useTouched(target, options)
  const others = touched.parts.length > 1 || !options.dependents
  const count = touched.parts.reduce((sum, part) => sum + part.task_instances, 0)
  const act = async () => {
    const dag_id = target.dagId
    if (whole) {
      await api.POST('/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/clear', {
        params: { path: { dag_id, dag_run_id: target.runId } },
        body: clearRunBody(options, false),
      })
    } else {
      await api.POST('/api/v2/dags/{dag_id}/clearTaskInstances', {
        params: { path: { dag_id } },
        body: clearBody(target, options, false),
      })
    }
    say(t('clear.done', { count }))
  }
  const names = (target.tasks ?? []).map(chosenName)
  return (
    <ActionFrame
      title={
        whole
          ? t('clear.run')
          : names.length === 1
            ? t('clear.task', { name: names[0] })
            : t('clear.tasks', { count: names.length })
      }
      description={whole ? t('clear.run_what') : t('clear.what')}
      word={touched.loading || touched.error ? t('clear.do') : t('clear.do_count', { count })}
      ready={!touched.loading && !touched.error && count > 0}
      act={act}
      onClose={onClose}
      options={
        <div className="space-y-4">
          <fieldset className="space-y-1.5">
            <legend className="mb-1 text-sm font-medium text-ink-2">{t('which.label')}</legend>
            {(whole ? (['failed', 'all', 'new'] as const) : (['all', 'failed'] as const)).map((which) => (
              <Radio key={which} which={which} chosen={options.which === which} onChoose={() => change({ which })} />
            ))}
          </fieldset>
          {!whole && <ReachChecks value={options} onChange={setOptions} />}
          {options.which !== 'new' && (
            <Check
              label={t('clear.latest')}
              hint={t('clear.latest_hint')}
              checked={options.latest}
              onChange={(event) => change({ latest: event.target.checked })}
            />
          )}
          {others && (
            <Check
              label={t('clear.dependents')}
              hint={t('clear.dependents_hint')}
              checked={options.dependents}
              onChange={(event) => change({ dependents: event.target.checked })}
            />
          )}
          <TextField
            label={t('note')}
            value={options.note}
            maxLength={1000}
            onChange={(event) => change({ note: event.target.value })}
          />
        </div>
      }
    >
      <TouchedList {...touched} nothing={t(`nothing.${options.which}`)} />
    </ActionFrame>
  )
}

function Radio({ which, chosen, onChoose }: { which: Which; chosen: boolean; onChoose: () => void }) {
  const { t } = useTranslation('touch')
  return (
    <label className="flex items-start gap-2">
      <input type="radio" name="which" checked={chosen} onChange={onChoose} className="mt-0.5 size-4 accent-brand" />
      <span>
        {t(`which.${which}`)}
        {which === 'new' && <span className="block text-sm text-ink-3">{t('which.new_hint')}</span>}
      </span>
    </label>
  )
}

/** What the clear touches, asked anew with each change of an option. */
function useTouched(target: Target, options: ClearOptions) {
  const fresh = options.which === 'new'
  const cleared = useQuery({
    ...$api.queryOptions('post', '/api/tradewind/preview/clear/{dag_id}', {
      params: { path: { dag_id: target.dagId } },
      body: clearBody(target, { ...options, note: '', latest: false }, true),
    }),
    enabled: !fresh,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
  const added = useQuery({
    ...$api.queryOptions('post', '/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/clear', {
      params: { path: { dag_id: target.dagId, dag_run_id: target.runId } },
      body: clearRunBody({ ...options, note: '', latest: false }, true),
    }),
    enabled: fresh,
    staleTime: 0,
    gcTime: 0,
  })
  if (fresh) {
    const found = added.data && 'task_instances' in added.data ? added.data.task_instances : []
    const tasks = Object.fromEntries(found.map((task) => [task.task_id, 1]))
    return {
      loading: added.isPending || added.isFetching,
      error: added.error,
      parts: added.data ? [{ runs: [target.runId], tasks, task_instances: found.length }] : [],
    }
  }
  return {
    loading: cleared.isFetching,
    error: cleared.error,
    parts: cleared.data
      ? [cleared.data, ...cleared.data.dependents.map((other) => ({ ...other, dagId: other.dag_id }))]
      : [],
  }
}
