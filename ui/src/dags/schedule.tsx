/** What the schedule of a DAG means, in words. */
import type { Schemas } from '@/api/client'
import { useSaidSchedule } from '@/components/sentence'

type Scheduled = Pick<Schemas['DagFacts'], 'schedule_said' | 'schedule_description'>

/** Undefined where there are no words for it: the schedule as it was written says it best then. */
export function useSchedule(): (dag: Scheduled) => string | undefined {
  const said = useSaidSchedule()
  return (dag) => (dag.schedule_description ? said(dag.schedule_said, dag.schedule_description) : undefined)
}
