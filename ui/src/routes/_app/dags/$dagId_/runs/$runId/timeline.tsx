/** When the tasks of a run waited and ran. */
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { type Selection, selection } from '@/lib/selection'
import { ChosenTask } from '@/runs/panels'
import { type TimelineFilter, timelineFilter, timelineQuery } from '@/timeline/query'
import { Timeline } from '@/timeline/timeline'

type Search = TimelineFilter & Selection

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId/timeline')({
  validateSearch: (search): Search => ({ ...timelineFilter(search), ...selection(search) }),
  loader: ({ context, params }) => context.queryClient.ensureQueryData(timelineQuery(params.dagId, params.runId)),
  component: View,
})

function View() {
  const { dagId, runId } = Route.useParams()
  const search = Route.useSearch()
  const { task, map_index } = search
  const navigate = useNavigate({ from: Route.fullPath })
  const change = (next: Partial<Search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
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
