/** Which of the newest runs of a DAG a view shows. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Choice } from '@/components/field'
import { runState, useStateWord } from '@/components/state'
import { factsQuery } from '@/dag/queries'
import { useFormat } from '@/format/use-format'
import { runDate } from '@/lib/run-date'

export function useNewestRuns(dagId: string) {
  return useSuspenseQuery(factsQuery(dagId)).data.runs
}

type Props = {
  dagId: string
  value: string | undefined
  onChange: (runId: string | undefined) => void
  /** The word for no run, where that is a choice. */
  none?: string
}

export function RunChoice({ dagId, value, onChange, none }: Props) {
  const { t } = useTranslation('dag')
  const format = useFormat()
  const word = useStateWord()
  const runs = useNewestRuns(dagId)
  const options = runs.map((run) => [run.run_id, `${format.dateTime(runDate(run))} · ${word(runState(run))}`] as const)
  const known = value === undefined || runs.some((run) => run.run_id === value)
  return (
    <Choice
      label={t('run')}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
      className="max-w-72"
      options={[
        ...(none === undefined ? [] : [['', none] as const]),
        ...(known ? [] : [[value, value] as const]),
        ...options,
      ]}
    />
  )
}
