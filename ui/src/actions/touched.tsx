/** What an action touches, shown before it is done: task instances by task, the runs they are in. */
import { useTranslation } from 'react-i18next'
import { Problem } from '@/components/failure'
import { Lines } from '@/components/skeleton'
import { useFormat } from '@/format/use-format'

type Part = { dagId?: string; runs: readonly string[]; tasks: Record<string, number>; task_instances: number }

type Props = {
  /** In place of `parts` while they are asked for. */
  loading: boolean
  error: unknown
  /** The DAG's own first, then those of other DAGs. */
  parts: readonly Part[]
  /** Said when there is nothing to do. */
  nothing: string
  /** What changes is the runs: they are told also where none of their tasks changes. */
  ofRuns?: boolean
}

const SHOWN = 200

export function TouchedList({ loading, error, parts, nothing, ofRuns = false }: Props) {
  const { t } = useTranslation('touch')
  const format = useFormat()
  const all = parts.filter((part) => part.task_instances > 0 || (ofRuns && part.runs.length > 0))
  return (
    <section aria-label={t('touched')} aria-live="polite" aria-busy={loading} className="min-w-0">
      <h3 className="mb-1">{t('touched')}</h3>
      {error ? (
        <Problem error={error} />
      ) : loading && parts.length === 0 ? (
        <Lines count={4} />
      ) : all.length === 0 ? (
        <p className="text-ink-2">{nothing}</p>
      ) : (
        all.map((part, index) => (
          <div key={part.dagId ?? index} className={index > 0 ? 'mt-3' : ''}>
            <p className="text-ink-2">
              {(index > 0 || all.length > 1) && part.dagId && <code className="me-1">{part.dagId}:</code>}
              {ofRuns ? (
                t(part.task_instances > 0 ? 'runs_with' : 'runs_only', {
                  runs: t('whole_runs', { count: part.runs.length, shown: format.count(part.runs.length) }),
                  tasks: t('instances', { count: part.task_instances, shown: format.count(part.task_instances) }),
                })
              ) : (
                <>
                  {t('instances', { count: part.task_instances, shown: format.count(part.task_instances) })}{' '}
                  {t('in_runs', { count: part.runs.length, shown: format.count(part.runs.length) })}
                </>
              )}
            </p>
            {part.task_instances > 0 && (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
              <div className="mt-1 max-h-56 overflow-auto rounded-md border border-line" tabIndex={0}>
                <ul aria-label={t('tasks')}>
                  {Object.entries(part.tasks)
                    .slice(0, SHOWN)
                    .map(([task, count]) => (
                      <li
                        key={task}
                        className="flex items-baseline gap-2 border-line border-b px-2.5 py-1 last:border-b-0"
                      >
                        <code className="min-w-0 flex-1 break-all">{task}</code>
                        {count > 1 && <span className="text-sm text-ink-2">× {format.count(count)}</span>}
                      </li>
                    ))}
                </ul>
              </div>
            )}
            {Object.keys(part.tasks).length > SHOWN && (
              <p className="mt-1 text-sm text-ink-2">
                {t('more_tasks', { count: Object.keys(part.tasks).length - SHOWN })}
              </p>
            )}
            {part.runs.length > 1 && (
              <details className="mt-1 text-sm">
                <summary className="cursor-pointer text-ink-2">{t('runs')}</summary>
                <ul className="mt-1 max-h-32 overflow-auto">
                  {part.runs.slice(0, SHOWN).map((run) => (
                    <li key={run}>
                      <code className="break-all">{run}</code>
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </div>
        ))
      )}
    </section>
  )
}
