/** What the instances of a mapped task wait for: one line for those that wait for the same. */
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { Fix, SaidSentence } from '@/components/sentence'
import { WAITS } from './sentence'

/** Whether instances that are counted under this state wait for something that can be told. */
export function waitsTogether(state: string): boolean {
  return state === 'no_status' || state === 'up_for_retry' || WAITS.has(state)
}

export function TogetherWhy({ explained }: { explained: Schemas['ExplanationResponse'] }) {
  const { t } = useTranslation('task')
  const fixes = explained.unmet.filter(
    (condition, at, all) => condition.fix && all.findIndex((other) => other.fix === condition.fix) === at,
  )
  return (
    <>
      <ul aria-label={t('explain.together')} className="mt-1 space-y-0.5">
        {explained.clauses.map((line) => (
          <li key={line.text}>
            <SaidSentence said={line.said} text={line.text} />
          </li>
        ))}
      </ul>
      {fixes.map((condition) => (
        <p key={condition.fix} className="mt-1 text-sm text-ink-2">
          {t('explain.fix')} <Fix condition={condition} />
        </p>
      ))}
    </>
  )
}
