/** The graph of a DAG: its structure, or how one of the newest runs went on it. */
import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type GraphFilter, graphFilter } from '@/graph/filter'
import { GraphBoard } from '@/graph/graph'
import { text } from '@/lib/search'
import { type Selection, selection } from '@/lib/selection'
import { ChosenTask } from '@/runs/panels'
import { graphQuery, statesQuery } from '@/runs/queries'
import { RunChoice } from '@/runs/run-choice'

type Search = GraphFilter & Selection & { run?: string }

export const Route = createFileRoute('/_app/dags/$dagId/graph')({
  validateSearch: (search): Search => ({ ...graphFilter(search), ...selection(search), ...text(search, 'run') }),
  loaderDeps: ({ search }) => ({ run: search.run }),
  loader: ({ context: { queryClient }, params: { dagId }, deps: { run } }) => {
    if (run !== undefined) void queryClient.prefetchQuery(statesQuery(dagId, run))
    return queryClient.ensureQueryData(graphQuery(dagId))
  },
  component: View,
})

function View() {
  const { t } = useTranslation('graph')
  const { dagId } = Route.useParams()
  const search = Route.useSearch()
  const { run, task, map_index } = search
  const navigate = useNavigate({ from: Route.fullPath })
  const change = (next: Partial<Search>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true })
  return (
    <GraphBoard
      dagId={dagId}
      runId={run}
      filter={search}
      onFilter={change}
      chosen={task}
      onChoose={(taskId) => change({ task: taskId, map_index: undefined })}
      extra={
        <RunChoice
          dagId={dagId}
          value={run}
          none={t('no_run')}
          onChange={(next) => change({ run: next, map_index: undefined })}
        />
      }
    >
      {(mapped) =>
        task !== undefined &&
        run !== undefined && (
          <ChosenTask
            dagId={dagId}
            runId={run}
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
