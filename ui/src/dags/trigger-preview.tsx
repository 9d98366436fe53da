/** What triggering would make, before it is done: the run, how long it takes, what it waits for, what is wrong. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api } from '@/api/client'
import { Problem } from '@/components/failure'
import { SaidSentence } from '@/components/sentence'
import { Lines } from '@/components/skeleton'
import { Time } from '@/components/time'
import { useFormat } from '@/format/use-format'
import type { TriggerBody } from './commands'

/** What was typed, a moment after the last key. */
function useSettled<Value>(value: Value, key: string): Value {
  const [settled, setSettled] = useState({ value, key })
  useEffect(() => {
    if (settled.key === key) return
    const timer = setTimeout(() => setSettled({ value, key }), 250)
    return () => clearTimeout(timer)
  }, [value, key, settled.key])
  return settled.value
}

type Props = {
  dagId: string
  body: TriggerBody
  /** Whether the DAG is paused, and stays so: then the run waits. */
  paused: 'no' | 'stays' | 'ends'
  /** Something typed is no value: then there is nothing to ask the server. */
  wrong: boolean
  /** The fields that are still empty and must not be. */
  lacking: readonly string[]
}

export function TriggerPreview({ dagId, body, paused, wrong, lacking }: Props) {
  const { t } = useTranslation('dags')
  const format = useFormat()
  const ready = !wrong && lacking.length === 0
  const { note: _, ...asked } = body
  const settled = useSettled(asked, JSON.stringify(asked))
  const { data, error } = useQuery({
    ...$api.queryOptions('post', '/api/tradewind/preview/trigger/{dag_id}', {
      params: { path: { dag_id: dagId } },
      body: settled,
    }),
    enabled: ready,
    placeholderData: (before) => before,
    retry: false,
    staleTime: 0,
    gcTime: 0,
  })
  const waits = (data?.waits_said ?? [])
    .map((said, index) => ({ said, text: data?.waits[index] ?? '' }))
    .filter(({ said }) => paused !== 'ends' || said.kind !== 'phrase' || said.phrase.key !== 'dag.paused')
  return (
    <section aria-label={t('trigger.makes')} aria-live="polite" className="rounded-md bg-sunken px-3 py-2">
      <h3 className="mb-0.5 text-sm text-ink-2">{t('trigger.makes')}</h3>
      {!ready ? (
        <p>{wrong ? t('trigger.wrong') : t('trigger.lacking', { fields: lacking.join(', ') })}</p>
      ) : error ? (
        <Problem error={error} />
      ) : !data ? (
        <Lines count={2} />
      ) : (
        <ul className="list-disc ps-5">
          <li>
            {t('trigger.run', { count: data.tasks })}
            {data.estimate.seconds !== null &&
              ` (${t('trigger.takes', { duration: format.duration(data.estimate.seconds) })})`}
            {data.data_interval_start && data.data_interval_end && (
              <>
                , {t('trigger.for')} <Time at={data.data_interval_start} /> – <Time at={data.data_interval_end} />
              </>
            )}
          </li>
          {waits.length === 0 && paused !== 'stays' && <li>{t('trigger.at_once')}</li>}
          {waits.map(({ said, text }) => (
            <li key={text}>
              <SaidSentence said={said.kind === 'phrase' ? said.phrase : null} text={text} />
            </li>
          ))}
          {paused === 'ends' && <Unpausing dagId={dagId} />}
        </ul>
      )}
    </section>
  )
}

/** Unpausing makes runs of its own: those that are due. */
function Unpausing({ dagId }: { dagId: string }) {
  const { t } = useTranslation('dags')
  const { data } = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/preview/unpause/{dag_id}', { params: { path: { dag_id: dagId } } }),
    staleTime: 0,
    gcTime: 0,
  })
  if (!data || data.count === 0) return null
  return <li>{data.count === null ? t('trigger.unpausing_unknown') : t('trigger.unpausing', { count: data.count })}</li>
}
