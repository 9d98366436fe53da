/** The timeline of one of the newest runs of a DAG. */
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '@/components/empty'
import { text } from '@/lib/search'
import { type Selection, selection } from '@/lib/selection'
import { ChosenTask } from '@/runs/panels'
import { RunChoice, useNewestRuns } from '@/runs/run-choice'
import { type TimelineFilter, timelineFilter } from '@/timeline/query'
import { Timeline } from '@/timeline/timeline'

type Search = TimelineFilter & Selection & { run?: string }

export const Route = createFileRoute('/_app/dags/$dagId/gantt')({
  validateSearch: (search): Search => ({ ...timelineFilter(search), ...selection(search), ...text(search, 'run') }),
  component: View,
})

function View() {
  const { t } = useTranslation('timeline')
  const { dagId } = Route.useParams()
  const search = Route.useSearch()
  const { task, map_index } = search
  const navigate = useNavigate({ from: Route.fullPath })
  const change = (next: Partial<Search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  const [newest] = useNewestRuns(dagId)
  const chosen = search.run ?? newest?.run_id
  // the choice keeps the focus while another run loads
  const runId = useDeferredValue(chosen)
  if (runId === undefined) {
    return (
      <div className="card">
        <Empty title={t('never')}>{t('never_what')}</Empty>
      </div>
    )
  }
  return (
    <Timeline
      dagId={dagId}
      runId={runId}
      filter={search}
      onFilter={change}
      chosen={task}
      onChoose={(taskId) => change({ task: taskId, map_index: undefined })}
      onOpen={(taskId) =>
        void navigate({ to: '/dags/$dagId/runs/$runId/tasks/$taskId', params: { dagId, runId, taskId } })
      }
      extra={<RunChoice dagId={dagId} value={chosen} onChange={(run) => change({ run, map_index: undefined })} />}
    >
      {(mapped) =>
        task !== undefined && (
          <ChosenTask
            dagId={dagId}
            runId={runId}
            taskId={task}
            mapIndex={map_index}
            mapped={mapped(task)}
            change={change}
          />
        )
      }
    </Timeline>
  )
}
