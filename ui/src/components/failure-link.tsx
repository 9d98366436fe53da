/** The way to what failed in a group of failures: the task, or the run where no task did. */
import { Link } from '@tanstack/react-router'
import type { Schemas } from '@/api/client'

type Props = {
  group: Pick<Schemas['FailureGroupFacts'], 'dag_id' | 'task_id' | 'last_run_id' | 'last_map_index'>
  children: React.ReactNode
}

export function FailureLink({ group, children }: Props) {
  const run = { dagId: group.dag_id, runId: group.last_run_id }
  return group.task_id ? (
    <Link
      to="/dags/$dagId/runs/$runId/tasks/$taskId"
      params={{ ...run, taskId: group.task_id }}
      search={group.last_map_index >= 0 ? { map_index: group.last_map_index } : {}}
      className="font-semibold"
    >
      {children}
    </Link>
  ) : (
    <Link to="/dags/$dagId/runs/$runId" params={run} className="font-semibold">
      {children}
    </Link>
  )
}
