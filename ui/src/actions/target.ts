/** What clear and mark are about, and what the server is asked for it.  Used by the dialogs of this folder. */
import type { Schemas } from '@/api/client'

/** A task of a run; without `mapIndex` all its instances. */
export type Chosen = { taskId: string; mapIndex?: number }

/** Task instances of a run; without `tasks` the whole run. */
export type Target = { dagId: string; runId: string; tasks?: readonly Chosen[] }

/** Which of the chosen ones: `new` are tasks of the newest version that the run does not have. */
export type Which = 'failed' | 'all' | 'new'

export type Reach = { upstream: boolean; downstream: boolean; past: boolean; future: boolean }

export type ClearOptions = Reach & {
  which: Which
  /** The run goes on as the newest version of its DAG. */
  latest: boolean
  /** Also what an `ExternalTaskMarker` leads to in other DAGs. */
  dependents: boolean
  note: string
}

export type MarkState = 'success' | 'failed' | 'skipped'

export const NO_REACH: Reach = { upstream: false, downstream: false, past: false, future: false }

/** A task is cleared with what comes after it, as it is nearly always meant; a run: what failed. */
export function clearDefaults(target: Target): ClearOptions {
  return {
    ...NO_REACH,
    downstream: target.tasks !== undefined,
    which: target.tasks === undefined ? 'failed' : 'all',
    latest: false,
    dependents: true,
    note: '',
  }
}

export function reachBody(reach: Reach) {
  return {
    include_upstream: reach.upstream,
    include_downstream: reach.downstream,
    include_past: reach.past,
    include_future: reach.future,
  }
}

/** A task by its id, an instance of a mapped one by id and map index. */
export function named(tasks: readonly Chosen[]): (string | [string, number])[] {
  return tasks.map(({ taskId, mapIndex }) => (mapIndex === undefined || mapIndex < 0 ? taskId : [taskId, mapIndex]))
}

/** For `clearTaskInstances` and its preview. */
export function clearBody(target: Target, options: ClearOptions, dryRun: boolean): Schemas['ClearTaskInstancesBody'] {
  return {
    dry_run: dryRun,
    dag_run_id: target.runId,
    task_ids: target.tasks && named(target.tasks),
    only_failed: options.which === 'failed',
    only_running: false,
    reset_dag_runs: true,
    prevent_running_task: false,
    ...reachBody(options),
    include_dependent_dags: options.dependents,
    run_on_latest_version: options.latest,
    ...(options.note ? { note: options.note } : {}),
  }
}

/** For the clear of a whole run. */
export function clearRunBody(options: ClearOptions, dryRun: boolean): Schemas['DAGRunClearBody'] {
  return {
    dry_run: dryRun,
    only_failed: options.which === 'failed',
    only_new: options.which === 'new',
    include_dependent_dags: options.dependents,
    ...(options.latest ? { run_on_latest_version: true } : {}),
    ...(options.note ? { note: options.note } : {}),
  }
}

/** `load` or `load [3]`. */
export function chosenName({ taskId, mapIndex }: Chosen): string {
  return mapIndex === undefined || mapIndex < 0 ? taskId : `${taskId} [${mapIndex}]`
}

/** What a preview tells, whatever it is of. */
export type Touched = { runs: string[]; tasks: Record<string, number>; task_instances: number }
