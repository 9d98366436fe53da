/** The grid of a DAG: its runs by its tasks. */
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { useFormat } from '@/format/use-format'
import { GridBoard } from '@/grid/board'
import { type GridFilter, gridFilter, gridQuery } from '@/grid/query'
import { text } from '@/lib/search'
import { type Selection, selection } from '@/lib/selection'
import { RunPanel, TaskPanel } from '@/runs/panels'

type Search = GridFilter & Selection & { run?: string }

export const Route = createFileRoute('/_app/dags/$dagId/grid')({
  validateSearch: (search): Search => ({ ...gridFilter(search), ...selection(search), ...text(search, 'run') }),
  loader: ({ context, params, location }) =>
    context.queryClient.ensureQueryData(gridQuery(params.dagId, gridFilter(location.search))),
  component: Grid,
})

function Grid() {
  const { dagId } = Route.useParams()
  const search = Route.useSearch()
  const navigate = useNavigate({ from: Route.fullPath })
  const format = useFormat()
  const change = (next: Partial<Search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  const { run, task, map_index } = search
  const choose = (chosen: { runId?: string; taskId?: string }) =>
    change({ run: chosen.runId, task: chosen.taskId, map_index: undefined })
  return (
    <GridBoard
      dagId={dagId}
      filter={search}
      onFilter={change}
      chosen={{ runId: run, taskId: task }}
      onChoose={choose}
      onOpen={({ runId, taskId }) => {
        if (runId === undefined) return
        if (taskId !== undefined)
          void navigate({ to: '/dags/$dagId/runs/$runId/tasks/$taskId', params: { dagId, runId, taskId } })
        else void navigate({ to: '/dags/$dagId/runs/$runId', params: { dagId, runId } })
      }}
    >
      {(grid) => {
        const found = grid.runs[run === undefined ? -1 : grid.columnOf(run)]
        if (run === undefined) return null
        if (task === undefined) return <RunPanel dagId={dagId} runId={run} onClose={() => choose({})} />
        return (
          <TaskPanel
            key={`${run} ${task}`}
            dagId={dagId}
            runId={run}
            taskId={task}
            mapIndex={map_index}
            mapped={grid.tasks[grid.placeOf(task)]?.mapped ?? false}
            runName={found ? format.dateTime(found.date) : run}
            onInstance={(index) => change({ map_index: index })}
            onClose={() => choose({})}
          />
        )
      }}
    </GridBoard>
  )
}
