/** When a DAG runs next, in words. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useNow } from '@/components/time'
import { useFormat } from '@/format/use-format'

export function NextRun({ dag }: { dag: Schemas['DagFacts'] }) {
  const { t } = useTranslation('dag')
  const format = useFormat()
  const now = useNow(10_000)
  if (dag.paused) return <span className="text-ink-3">{t('coming.paused')}</span>
  if (dag.next_run) {
    const at = dag.next_run.run_after
    const due = Date.parse(at) <= now
    return (
      <time dateTime={at} title={format.exactTime(at)}>
        {due ? t('coming.due') : format.relative(at, now)}
      </time>
    )
  }
  if (dag.by_assets) return <span>{t('coming.assets')}</span>
  return <span className="text-ink-3">{dag.schedule ? t('coming.none') : t('coming.manual')}</span>
}
