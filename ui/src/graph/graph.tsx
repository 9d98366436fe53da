/** The graph of a DAG with what goes around it: search, filters, direction, groups; the states of a run over it, live. */
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCounted } from '@/app/announce'
import { Button } from '@/components/button'
import { Empty } from '@/components/empty'
import { Problem } from '@/components/failure'
import { Choice } from '@/components/field'
import { SearchBox } from '@/components/search-box'
import { Skeleton } from '@/components/skeleton'
import { Legend } from '@/grid/legend'
import { dagTopic } from '@/live/topics'
import { graphQuery, statesQuery } from '@/runs/queries'
import { FILTERS, type GraphFilter } from './filter'
import { GraphFlow, type Overlay } from './graph-flow'
import type { Direction, LayoutRequest } from './layout'
import {
  collapsedAtFirst,
  failedWithNeighbours,
  GraphIndex,
  groupCounts,
  hotWires,
  type RunStates,
  readStates,
  shown,
  spotOf,
} from './model'
import { useLayout } from './use-layout'

type Props = {
  dagId: string
  /** The version to show; without it the newest. */
  version?: number
  runId?: string
  filter: GraphFilter
  onFilter: (change: GraphFilter) => void
  chosen?: string
  onChoose: (taskId: string | undefined) => void
  extra?: React.ReactNode
  children?: (mapped: (taskId: string) => boolean) => React.ReactNode
}

const NOTHING: ReadonlySet<string> = new Set()
const NO_PATH: readonly string[] = []

export function GraphBoard({ dagId, version, runId, filter, onFilter, chosen, onChoose, extra, children }: Props) {
  const { t } = useTranslation('graph')
  const { data } = useSuspenseQuery({
    ...graphQuery(dagId, version),
    // a numbered version never changes; the newest one may be another tomorrow
    meta: { topics: version === undefined ? [dagTopic(dagId)] : [] },
  })
  const index = useMemo(() => new GraphIndex(data), [data])
  const states = useStates(dagId, runId)
  const critical = states?.critical ?? NO_PATH
  const [changed, setChanged] = useState<{ version: string; collapsed: ReadonlySet<string> } | null>(null)
  const atFirst = useMemo(() => collapsedAtFirst(index), [index])
  const collapsed = changed?.version === data.version_id ? changed.collapsed : atFirst
  const setCollapsed = (next: ReadonlySet<string>) => setChanged({ version: data.version_id, collapsed: next })
  const onToggle = (group: string) => {
    const next = new Set(collapsed)
    if (!next.delete(group)) next.add(group)
    setCollapsed(next)
  }
  const kept = useKept(index, filter.show, chosen, states, critical)
  const picture = useMemo(() => shown(index, collapsed, kept), [index, collapsed, kept])
  const direction: Direction = filter.way === 'down' ? 'TB' : 'LR'
  const request = (): LayoutRequest => ({
    nodes: picture.nodes.map((node) => ({
      id: node.id,
      parent: node.parent,
      open: node.kind === 'group' && !node.collapsed,
      ...sizeOf(node.kind, node.label, node.mapped),
    })),
    edges: picture.edges.map(({ source, target, label }) => ({ source, target, label: label !== null })),
    direction,
  })
  const key = `${data.version_id} ${direction} ${picture.nodes.map((node) => `${node.id}${node.collapsed ? '+' : ''}`).join(' ')}`
  const { laid, busy, error } = useLayout(key, request)
  const overlay = useMemo(() => overlayOf(index, picture.nodes, states), [index, picture.nodes, states])
  const spot = useMemo(() => (states === null ? undefined : spotOf(states)), [states])
  const wanted = (filter.q ?? '').trim().toLowerCase()
  const found = useMemo(() => {
    if (wanted === '') return null
    const fits = index.tasks.filter(
      (id) => id.toLowerCase().includes(wanted) || index.byId.get(id)?.label.toLowerCase().includes(wanted),
    )
    return new Set(fits.map((id) => index.standIn(id, collapsed)))
  }, [index, collapsed, wanted])
  useCounted(found, found?.size ?? index.tasks.length)
  const hot = useMemo(() => new Set(critical.map((id) => index.standIn(id, collapsed))), [critical, index, collapsed])
  const wires = useMemo(() => hotWires(index, critical, collapsed), [index, critical, collapsed])
  const options = FILTERS.filter(
    (name) => (name !== 'failed' || states !== null) && (name !== 'critical' || critical.length > 0),
  ).map(
    (name) =>
      [
        name,
        chosen === undefined && NEEDS.has(name) ? t('choose_first', { what: t(`show.${name}`) }) : t(`show.${name}`),
      ] as const,
  )
  if (index.tasks.length === 0) {
    return (
      <div className="card">
        <Empty title={t('empty')} />
      </div>
    )
  }
  return (
    <div className="flex gap-4">
      <div className="min-w-0 flex-1">
        <search className="filters" aria-label={t('filters')}>
          {extra}
          <SearchBox label={t('find')} value={filter.q ?? ''} onChange={(q) => onFilter({ q: q || undefined })} />
          <Choice
            label={t('show.label')}
            value={filter.show ?? ''}
            onChange={(event) => onFilter({ show: (event.target.value || undefined) as GraphFilter['show'] })}
            options={[['', t('show.all')], ...options]}
            className="max-w-64"
          />
          <Choice
            label={t('way.label')}
            value={filter.way ?? ''}
            onChange={(event) => onFilter({ way: event.target.value === 'down' ? 'down' : undefined })}
            options={[
              ['', t('way.right')],
              ['down', t('way.down')],
            ]}
          />
          {index.groups.length > 0 && (
            <>
              <Button
                disabled={index.groups.every((group) => collapsed.has(group))}
                onClick={() => setCollapsed(new Set(index.groups))}
              >
                {t('collapse')}
              </Button>
              <Button disabled={collapsed.size === 0} onClick={() => setCollapsed(NOTHING)}>
                {t('expand')}
              </Button>
            </>
          )}
        </search>
        <div
          className="relative h-[max(22rem,calc(100vh-19rem))] overflow-hidden rounded-lg border border-line bg-ground"
          aria-busy={busy}
        >
          {error ? (
            <Problem error={error} />
          ) : picture.nodes.length === 0 ? (
            <Empty title={t('nothing')} />
          ) : laid === null ? (
            <Skeleton className="m-6 h-24" />
          ) : (
            <GraphFlow
              nodes={picture.nodes}
              edges={picture.edges}
              boxes={laid.boxes}
              direction={direction}
              overlay={overlay}
              critical={hot}
              hotWires={wires}
              found={found}
              chosen={chosen === undefined ? undefined : index.standIn(chosen, collapsed)}
              onChoose={onChoose}
              onToggle={onToggle}
              spot={spot === undefined ? undefined : index.standIn(spot, collapsed)}
              fitKey={`${laid.key} ${runId ?? ''} ${states !== null}`}
            />
          )}
          {busy && (
            <p
              role="status"
              className="absolute top-2 left-2 rounded-md bg-raised px-2 py-1 text-sm text-ink-2 shadow-md"
            >
              {t('laying')}
            </p>
          )}
        </div>
        {states !== null && (
          <div className="mt-3">
            <Legend />
          </div>
        )}
      </div>
      {children?.((taskId) => index.byId.get(taskId)?.mapped ?? false)}
    </div>
  )
}

const NEEDS = new Set<string>(['upstream', 'downstream', 'both'])

/** `mapped`: so many instances stand behind its name. */
function sizeOf(kind: string, label: string, mapped: boolean): { width: number; height: number } {
  const width = Math.round(
    Math.min(260, Math.max(kind === 'asset' || kind === 'alias' ? 110 : 150, label.length * 7.6 + (mapped ? 114 : 62))),
  )
  return { width, height: kind === 'asset' || kind === 'alias' ? 32 : kind === 'group' ? 58 : 54 }
}

function useStates(dagId: string, runId: string | undefined): RunStates | null {
  const { data } = useQuery({
    ...statesQuery(dagId, runId ?? ''),
    ...(runId === undefined ? { enabled: false, meta: { topics: [] } } : {}),
  })
  return useMemo(() => (data && runId !== undefined ? readStates(data) : null), [data, runId])
}

function useKept(
  index: GraphIndex,
  show: GraphFilter['show'],
  chosen: string | undefined,
  states: RunStates | null,
  critical: readonly string[],
): ReadonlySet<string> | null {
  return useMemo(() => {
    if (show === 'failed') return states === null ? null : failedWithNeighbours(index, states)
    if (show === 'critical') return critical.length === 0 ? null : new Set(critical)
    if (show === undefined || chosen === undefined || !index.byId.has(chosen)) return null
    const up = show === 'downstream' ? [] : index.reach(chosen, 'up')
    const down = show === 'upstream' ? [] : index.reach(chosen, 'down')
    return new Set([...up, ...down])
  }, [index, show, chosen, states, critical])
}

function overlayOf(
  index: GraphIndex,
  nodes: ReturnType<typeof shown>['nodes'],
  states: RunStates | null,
): ReadonlyMap<string, Overlay> {
  const found = new Map<string, Overlay>()
  if (states === null) return found
  for (const node of nodes) {
    if (node.kind === 'group') {
      if (node.collapsed) found.set(node.id, { state: null, counts: groupCounts(index, node.id, states) })
    } else if (node.kind === 'task') {
      found.set(node.id, { state: states.state.get(node.id) ?? null, counts: states.counts.get(node.id) ?? null })
    }
  }
  return found
}
