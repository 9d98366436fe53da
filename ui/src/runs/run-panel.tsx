/** A run beside the grid of its DAG: how it went, and the way to its page. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '@/components/button'
import { Problem } from '@/components/failure'
import { Sentence } from '@/components/sentence'
import { Lines } from '@/components/skeleton'
import { asState, runState, StateBadge, StateIcon, useStateWord } from '@/components/state'
import { Time, useNow } from '@/components/time'
import { useFormat } from '@/format/use-format'
import { runDate } from '@/lib/run-date'
import { summaryQuery } from './queries'
import { runSentence, type Say } from './sentence'
import { SidePanel } from './side-panel'

export function RunPanel({ dagId, runId, onClose }: { dagId: string; runId: string; onClose: () => void }) {
  const { t } = useTranslation(['run', 'drawing'])
  const format = useFormat()
  const word = useStateWord()
  const now = useNow()
  const { data: run, error } = useQuery(summaryQuery(dagId, runId))
  const title = run ? format.dateTime(runDate(run)) : runId
  return (
    <SidePanel title={title} label={t('drawing:panel.run_label', { name: title })} onClose={onClose}>
      <div className="space-y-3 p-4">
        {error ? (
          <Problem error={error} />
        ) : !run ? (
          <Lines count={5} />
        ) : (
          <>
            <StateBadge state={runState(run)} className="font-semibold" />
            <p>
              <Sentence
                text={runSentence(
                  run,
                  { say: t as unknown as Say, duration: format.duration, when: format.calendarTime },
                  now,
                )}
              />
            </p>
            <Link to="/dags/$dagId/runs/$runId" params={{ dagId, runId }} className={buttonClass('primary', true)}>
              {t('drawing:panel.open_run')}
            </Link>
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
              <dt className="text-ink-2">{t('drawing:panel.start')}</dt>
              <dd>
                <Time at={run.start_date} />
              </dd>
              <dt className="text-ink-2">{t('drawing:panel.end')}</dt>
              <dd>
                <Time at={run.end_date} />
              </dd>
            </dl>
            <ul className="space-y-1">
              {Object.entries(run.counts).map(([state, count]) => (
                <li key={state} className="flex items-center gap-1.5">
                  <StateIcon state={asState(state)} />
                  {word(asState(state))} {format.count(count)}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </SidePanel>
  )
}
