/** Freshness as a mark with a word, and as a sentence. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { StateIcon } from '@/components/state'
import { useNow } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { freshness, MARK } from './freshness'

type Facts = Schemas['AssetFacts']

export function FreshBadge({ asset }: { asset: Facts }) {
  const { t } = useTranslation('assets')
  const format = useFormat()
  const is = freshness(asset, useNow(10_000))
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StateIcon state={MARK[is.kind]} />
      <span>{t(`fresh.${is.kind}`)}</span>
      {is.kind === 'fresh' && (
        <span className="text-sm text-ink-2">{t('fresh.usually', { gap: format.duration(is.gap) })}</span>
      )}
      {is.kind === 'stale' && (
        <span className="text-sm text-warning">{t('fresh.overdue', { time: format.duration(is.late) })}</span>
      )}
    </span>
  )
}

export function FreshSentence({ asset }: { asset: Facts }) {
  const { t } = useTranslation('assets')
  const format = useFormat()
  const now = useNow(10_000)
  const is = freshness(asset, now)
  const told = {
    ago: 'at' in is ? format.relative(is.at, now) : '',
    gap: 'gap' in is ? format.duration(is.gap) : '',
    late: 'late' in is ? format.duration(is.late) : '',
  }
  const makers = [...new Set(asset.producers.map((task) => `${task.dag_id} › ${task.task_id}`))]
  return (
    <>
      {t(`sentence.${is.kind}`, told)}{' '}
      {makers.length > 0 ? t('sentence.made_by', { what: makers.slice(0, 3).join(', ') }) : t('sentence.by_hand')}
    </>
  )
}
