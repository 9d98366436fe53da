/** The grid up to a run: the run beside those before it. */
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { GridBoard } from '@/grid/board'
import { type GridFilter, gridFilter, gridQuery } from '@/grid/query'
import { type Selection, selection } from '@/lib/selection'
import { ChosenTask } from '@/runs/panels'

type Search = Pick<GridFilter, 'q'> & Selection

export const Route = createFileRoute('/_app/dags/$dagId_/runs/$runId/grid')({
  validateSearch: (search): Search => {
    const { q } = gridFilter(search)
    return { ...selection(search), ...(q === undefined ? {} : { q }) }
  },
  loader: ({ context, params }) => void context.queryClient.prefetchQuery(gridQuery(params.dagId, {}, params.runId)),
  component: Grid,
})

function Grid() {
  const { dagId, runId } = Route.useParams()
  const { q, task, map_index } = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const change = (next: Partial<Search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  return (
    <GridBoard
      dagId={dagId}
      newest={runId}
      filter={{ q }}
      onFilter={(filter) => change({ q: filter.q })}
      chosen={{ runId, taskId: task }}
      onChoose={(chosen) => {
        if (chosen.runId === undefined || chosen.runId === runId) change({ task: chosen.taskId, map_index: undefined })
        else
          void navigate({
            to: '/dags/$dagId/runs/$runId/grid',
            params: { dagId, runId: chosen.runId },
            search: { q, task: chosen.taskId },
          })
      }}
      onOpen={(chosen) => {
        if (chosen.taskId === undefined) return
        void navigate({
          to: '/dags/$dagId/runs/$runId/tasks/$taskId',
          params: { dagId, runId: chosen.runId ?? runId, taskId: chosen.taskId },
        })
      }}
    >
      {(grid) =>
        task !== undefined && (
          <ChosenTask
            dagId={dagId}
            runId={runId}
            taskId={task}
            mapIndex={map_index}
            mapped={grid.tasks[grid.placeOf(task)]?.mapped ?? false}
            change={change}
          />
        )
      }
    </GridBoard>
  )
}
