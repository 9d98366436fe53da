/** The drawing of the lineage: loaded when it is looked at.  Layout is made by the worker of graphs. */
import '@xyflow/react/dist/base.css'
import '@/graph/graph.css'
import {
  Background,
  type Edge,
  Handle,
  MarkerType,
  MiniMap,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from '@xyflow/react'
import clsx from 'clsx'
import { Database, ListTree } from 'lucide-react'
import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '@/components/failure'
import { Skeleton } from '@/components/skeleton'
import { useFormat } from '@/format/use-format'
import { useLayout } from '@/graph/use-layout'
import type { Point, Shape } from './shape'

type Data = { point: Point; chosen: boolean; root: boolean }
type Card = Node<Data>
type Props = {
  shape: Shape
  root: string | null
  chosen: string | undefined
  onChoose: (id: string | undefined) => void
}

const TYPES = { asset: memo(AssetCard), dag: memo(DagCard) }
const WIDTH = 190
const HEIGHT = 46

export default function Flow({ shape, root, chosen, onChoose }: Props) {
  const { t } = useTranslation(['assets', 'graph'])
  const format = useFormat()
  const ids = [...shape.points.keys()].sort()
  const key = `lineage ${ids.join('\n')}\n\n${shape.wires
    .map((wire) => wire.id)
    .sort()
    .join('\n')}`
  const { laid, error } = useLayout(key, () => ({
    nodes: ids.map((id) => ({ id, parent: null, width: WIDTH, height: HEIGHT, open: false })),
    edges: shape.wires.map(({ source, target, at }) => ({ source, target, label: at !== null })),
    direction: 'LR',
  }))
  const cards = useMemo<Card[]>(
    () =>
      [...shape.points.values()].flatMap((point): Card[] => {
        const box = laid?.boxes[point.id]
        if (box === undefined) return []
        return [
          {
            id: point.id,
            type: point.kind,
            position: { x: box.x, y: box.y },
            width: box.width,
            height: box.height,
            data: { point, chosen: point.id === chosen, root: point.id === root },
            draggable: false,
            connectable: false,
            focusable: true,
            ariaRole: 'button' as const,
            domAttributes: { 'aria-roledescription': t(`lineage.word.${point.kind}`) },
          },
        ]
      }),
    [shape, laid, chosen, root, t],
  )
  const wires = useMemo<Edge[]>(
    () =>
      shape.wires.map((wire) => ({
        id: wire.id,
        source: wire.source,
        target: wire.target,
        focusable: false,
        selectable: false,
        ariaLabel: t('graph:edge', {
          from: shape.points.get(wire.source)?.name ?? wire.source,
          to: shape.points.get(wire.target)?.name ?? wire.target,
        }),
        label: wire.at === null ? undefined : format.dateTime(wire.at),
        labelStyle: { fill: 'var(--ink-2)', fontSize: 11 },
        labelBgStyle: { fill: 'var(--ground)' },
        style: {
          stroke: 'var(--line-strong)',
          strokeWidth: wire.role === 'schedule' ? 2 : 1.2,
          strokeDasharray: wire.role === 'inlet' ? '5 4' : undefined,
        },
        markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, color: 'var(--line-strong)' },
      })),
    [shape, format, t],
  )
  if (error) return <Problem error={error} />
  if (laid === null) return <Skeleton className="m-4 h-64" />
  return (
    <ReactFlow<Card, Edge>
      key={laid.key}
      nodes={cards}
      edges={wires}
      nodeTypes={TYPES}
      onNodeClick={(_, card) => onChoose(card.id)}
      onPaneClick={() => onChoose(undefined)}
      onKeyDown={(event) => {
        const card = (event.target as HTMLElement).closest<HTMLElement>('.react-flow__node')
        if (card === null || (event.key !== 'Enter' && event.key !== ' ')) return
        event.preventDefault()
        onChoose(card.dataset.id)
      }}
      nodesDraggable={false}
      nodesConnectable={false}
      elementsSelectable={false}
      nodesFocusable
      edgesFocusable={false}
      disableKeyboardA11y
      ariaLabelConfig={{
        'node.a11yDescription.default': t('graph:node_keys'),
        'edge.a11yDescription.default': t('lineage.title'),
      }}
      onlyRenderVisibleElements={cards.length > 150}
      minZoom={0.05}
      maxZoom={2}
      fitView
      fitViewOptions={{ padding: 0.08, maxZoom: 1.1 }}
      aria-label={t('lineage.title')}
      proOptions={{ hideAttribution: true }}
    >
      <Background gap={24} size={1} color="var(--line)" />
      {cards.length > 12 && (
        <MiniMap
          pannable
          zoomable
          ariaLabel={t('lineage.minimap')}
          className="max-sm:hidden!"
          bgColor="var(--surface)"
          maskColor="color-mix(in srgb, var(--ground) 70%, transparent)"
          nodeColor="var(--line-strong)"
        />
      )}
    </ReactFlow>
  )
}

function Ends() {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  )
}

function look({ chosen, root }: Data): string {
  return clsx(
    'flex h-full items-center gap-2 overflow-hidden border bg-surface px-3',
    root ? 'border-brand bg-brand-soft!' : 'border-line-strong',
    chosen && 'outline-3 outline-brand',
  )
}

function AssetCard({ data }: NodeProps<Card>) {
  const { t } = useTranslation('assets')
  const format = useFormat()
  const { point } = data
  if (point.kind !== 'asset') return null
  return (
    <>
      <Ends />
      <div className={clsx(look(data), 'rounded-full border-dashed')} title={point.asset.uri}>
        <Database size={14} aria-hidden="true" className="shrink-0 text-ink-2" />
        <span className="min-w-0">
          <span className="block truncate font-semibold">{point.name}</span>
          <span className="block truncate text-xs text-ink-2">
            {point.asset.last_at === null ? t('fresh.never') : format.relative(point.asset.last_at)}
          </span>
        </span>
      </div>
    </>
  )
}

function DagCard({ data }: NodeProps<Card>) {
  const { t } = useTranslation('assets')
  const { point } = data
  if (point.kind !== 'dag') return null
  return (
    <>
      <Ends />
      <div className={clsx(look(data), 'rounded-md')} title={point.dag.dag_id}>
        <ListTree size={14} aria-hidden="true" className="shrink-0 text-ink-2" />
        <span className="min-w-0">
          <span className="block truncate font-semibold">{point.name}</span>
          <span className="block truncate text-xs text-ink-2">{point.dag.paused ? t('paused') : 'DAG'}</span>
        </span>
      </div>
    </>
  )
}
