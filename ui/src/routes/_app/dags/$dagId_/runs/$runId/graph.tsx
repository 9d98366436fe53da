/** How a run went, or goes, on the graph of its version. */
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { type GraphFilter, graphFilter } from '@/graph/filter'
import { GraphBoard } from '@/graph/graph'
import { type Selection, selection } from '@/lib/selection'
import { ChosenTask } from '@/runs/panels'
import { graphQuery, statesQuery, summaryQuery } from '@/runs/queries'

type Search = GraphFilter & Selection

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId/graph')({
  validateSearch: (search): Search => ({ ...graphFilter(search), ...selection(search) }),
  loader: ({ context: { queryClient }, params: { dagId, runId } }) => {
    void queryClient.prefetchQuery(statesQuery(dagId, runId))
    // what is wrong with the run is said by the page around this one
    queryClient.ensureQueryData(summaryQuery(dagId, runId)).then(
      (run) => queryClient.prefetchQuery(graphQuery(dagId, run.version_number)),
      () => {},
    )
  },
  component: View,
})

function View() {
  const { dagId, runId } = Route.useParams()
  const search = Route.useSearch()
  const { task, map_index } = search
  const navigate = useNavigate({ from: Route.fullPath })
  const run = useSuspenseQuery(summaryQuery(dagId, runId)).data
  const change = (next: Partial<Search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  return (
    <GraphBoard
      dagId={dagId}
      version={run.version_number}
      runId={runId}
      filter={search}
      onFilter={change}
      chosen={task}
      onChoose={(taskId) => change({ task: taskId, map_index: undefined })}
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
    </GraphBoard>
  )
}
