/** The drawing of a graph: loaded with the pages that show one.  Only what is seen is part of the page. */
import '@xyflow/react/dist/base.css'
import './graph.css'
import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  MiniMap,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
} from '@xyflow/react'
import clsx from 'clsx'
import { ChevronsDownUp, ChevronsUpDown, Database } from 'lucide-react'
import { createContext, memo, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { STATES, type State, StateIcon, stateColor, useStateWord } from '@/components/state'
import { useFormat } from '@/format/use-format'
import type { Direction, LayoutAnswer } from './layout'
import type { Counts, ShownEdge, ShownNode } from './model'

export type Overlay = { state: State | null; counts: Counts | null }

type Data = { node: ShownNode; direction: Direction }
type Card = Node<Data>

type Props = {
  nodes: readonly ShownNode[]
  edges: readonly ShownEdge[]
  boxes: LayoutAnswer
  direction: Direction
  overlay: ReadonlyMap<string, Overlay>
  critical: ReadonlySet<string>
  found: ReadonlySet<string> | null
  chosen?: string
  onChoose: (id: string | undefined) => void
  onToggle: (group: string) => void
  /** Where a picture that is too large to be read as a whole begins. */
  spot?: string
  /** Changes when the whole picture should be seen anew. */
  fitKey: string
}

type Live = Pick<Props, 'overlay' | 'critical' | 'found' | 'chosen' | 'onToggle'>
const LiveContext = createContext<Live>({
  overlay: new Map(),
  critical: new Set(),
  found: null,
  onToggle: () => {},
})

const TYPES = { task: memo(TaskCard), group: memo(GroupCard), asset: memo(AssetCard), alias: memo(AssetCard) }

export function GraphFlow(props: Props) {
  const { nodes, edges, boxes, direction, overlay, critical, found, chosen, onChoose, onToggle, spot, fitKey } = props
  const { t } = useTranslation('graph')
  const area = useRef<HTMLDivElement>(null)
  const [flow, setFlow] = useState<ReactFlowInstance<Card, Edge> | null>(null)
  const cards = useMemo<Card[]>(
    () =>
      nodes.flatMap((node): Card[] => {
        const box = boxes[node.id]
        if (box === undefined) return []
        return [
          {
            id: node.id,
            type: node.kind,
            position: { x: box.x, y: box.y },
            width: box.width,
            height: box.height,
            data: { node, direction },
            ...(node.parent !== null && boxes[node.parent] !== undefined ? { parentId: node.parent } : {}),
            draggable: false,
            connectable: false,
            selected: node.id === chosen,
            // a group has a button of its own
            focusable: node.kind === 'task',
            ariaRole: node.kind === 'task' ? ('button' as const) : ('group' as const),
            domAttributes: { 'aria-roledescription': t(`kind.${node.kind}`) },
            zIndex: node.kind === 'group' && !node.collapsed ? -1 : 1,
          },
        ]
      }),
    [nodes, boxes, direction, chosen, t],
  )
  const wires = useMemo<Edge[]>(
    () =>
      edges
        .filter((edge) => boxes[edge.source] !== undefined && boxes[edge.target] !== undefined)
        .map((edge) => {
          const hot = critical.has(edge.source) && critical.has(edge.target)
          return {
            id: edge.id,
            source: edge.source,
            target: edge.target,
            focusable: false,
            selectable: false,
            ariaLabel: t('edge', { from: edge.source, to: edge.target }),
            type: 'default',
            label: edge.label ?? undefined,
            labelStyle: { fill: 'var(--ink-2)', fontSize: 12 },
            labelBgStyle: { fill: 'var(--ground)' },
            style: {
              stroke: hot ? 'var(--ink)' : 'var(--line-strong)',
              strokeWidth: hot ? 2.5 : Math.min(3, 1 + Math.log2(edge.count) / 2),
              strokeDasharray: edge.kind === 'asset' ? '2 4' : edge.kind === 'setup' ? '6 4' : undefined,
            },
            markerEnd: {
              type: MarkerType.ArrowClosed,
              width: 14,
              height: 14,
              color: hot ? 'var(--ink)' : 'var(--line-strong)',
            },
          }
        }),
    [edges, boxes, critical, t],
  )
  const live = useMemo(
    () => ({ overlay, critical, found, chosen, onToggle }),
    [overlay, critical, found, chosen, onToggle],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when
  useEffect(() => {
    if (flow === null || area.current === null) return
    show(flow, area.current, boxesOf(cards), direction, chosen ?? spot)
  }, [flow, fitKey])
  // what is searched for comes into sight
  useEffect(() => {
    if (flow === null || found === null || found.size === 0) return
    void flow.fitView({
      nodes: [...found].slice(0, 50).map((id) => ({ id })),
      padding: 0.4,
      maxZoom: 1.1,
      duration: 200,
    })
  }, [flow, found])
  return (
    <LiveContext value={live}>
      <ReactFlow<Card, Edge>
        ref={area}
        nodes={cards}
        edges={wires}
        nodeTypes={TYPES}
        onInit={setFlow}
        onNodeClick={(_, card) => onChoose(card.type === 'task' ? card.id : undefined)}
        onNodeDoubleClick={(_, card) => card.type === 'group' && onToggle(card.id)}
        onPaneClick={() => onChoose(undefined)}
        onKeyDown={(event) => {
          const card = (event.target as HTMLElement).closest<HTMLElement>('.react-flow__node')
          const id = card?.dataset.id
          if (id === undefined || (event.key !== 'Enter' && event.key !== ' ') || event.target !== card) return
          event.preventDefault()
          const node = nodes.find((one) => one.id === id)
          if (node?.kind === 'group') onToggle(id)
          else if (node?.kind === 'task') onChoose(id)
        }}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        nodesFocusable
        edgesFocusable={false}
        disableKeyboardA11y
        onlyRenderVisibleElements
        minZoom={0.03}
        maxZoom={2}
        aria-label={t('label')}
        ariaLabelConfig={{
          'node.a11yDescription.default': t('node_keys'),
          'edge.a11yDescription.default': t('label'),
          'controls.zoomIn.ariaLabel': t('controls.in'),
          'controls.zoomOut.ariaLabel': t('controls.out'),
          'controls.fitView.ariaLabel': t('controls.fit'),
        }}
        proOptions={{ hideAttribution: true }}
      >
        <Controls
          showInteractive={false}
          fitViewOptions={{ padding: 0.08, maxZoom: 1.1 }}
          aria-label={t('controls.label')}
        />
        <Background gap={24} size={1} color="var(--line)" />
        {cards.length > 12 && (
          <MiniMap
            pannable
            zoomable
            ariaLabel={t('minimap')}
            className="max-sm:hidden!"
            bgColor="var(--surface)"
            maskColor="color-mix(in srgb, var(--ground) 70%, transparent)"
            nodeStrokeWidth={0}
            nodeColor={(card: Card) => {
              const state = overlay.get(card.id)?.state
              return card.type === 'group' && !card.data.node.collapsed ? 'var(--line)' : stateColor(state ?? 'none')
            }}
          />
        )}
      </ReactFlow>
    </LiveContext>
  )
}

const READABLE = 0.78

type Flow = ReactFlowInstance<Card, Edge>

function boxesOf(cards: readonly Card[]) {
  let right = 0
  let bottom = 0
  for (const card of cards) {
    if (card.parentId !== undefined) continue
    right = Math.max(right, card.position.x + (card.width ?? 0))
    bottom = Math.max(bottom, card.position.y + (card.height ?? 0))
  }
  return { right, bottom }
}

/** All of it when it can be read so; else `start`, or the beginning, in a size that can be read. */
function show(
  flow: Flow,
  area: HTMLElement,
  all: { right: number; bottom: number },
  direction: Direction,
  start?: string,
) {
  const { clientWidth: width, clientHeight: height } = area
  const zoom = Math.min(width / (all.right * 1.08), height / (all.bottom * 1.08), 1.1)
  if (zoom >= READABLE) {
    void flow.fitView({ padding: 0.04, maxZoom: 1.1 })
  } else if (start !== undefined && flow.getNode(start)) {
    void flow.fitView({ nodes: [{ id: start }], minZoom: READABLE, maxZoom: READABLE })
  } else {
    const x = direction === 'LR' ? 24 : width / 2 - (all.right * READABLE) / 2
    const y = direction === 'LR' ? height / 2 - (all.bottom * READABLE) / 2 : 24
    void flow.setViewport({ x, y, zoom: READABLE })
  }
}

function Handles({ direction }: { direction: Direction }) {
  return (
    <>
      <Handle type="target" position={direction === 'LR' ? Position.Left : Position.Top} isConnectable={false} />
      <Handle type="source" position={direction === 'LR' ? Position.Right : Position.Bottom} isConnectable={false} />
    </>
  )
}

function useLook(id: string) {
  const { overlay, critical, found, chosen } = useContext(LiveContext)
  return {
    over: overlay.get(id),
    frame: clsx(
      'h-full overflow-hidden rounded-md border bg-surface',
      id === chosen ? 'outline-3 outline-brand' : critical.has(id) && 'outline-2 outline-ink',
      found?.has(id) && 'ring-3 ring-focus',
      found !== null && !found.has(id) && 'opacity-45',
    ),
  }
}

function TaskCard({ id, data: { node, direction } }: NodeProps<Card>) {
  const { t } = useTranslation('graph')
  const word = useStateWord()
  const format = useFormat()
  const { over, frame } = useLook(id)
  const state = over?.state
  const counts = over?.counts
  const total = counts ? Object.values(counts).reduce((sum, count) => sum + count, 0) : 0
  return (
    <>
      <Handles direction={direction} />
      <div
        className={clsx(
          frame,
          'flex border-line-strong',
          node.mapped && 'shadow-[3px_3px_0_-1px_var(--surface),3px_3px_0_0_var(--line-strong)]',
        )}
        title={
          node.trigger_rule && node.trigger_rule !== 'all_success' ? t('rule', { rule: node.trigger_rule }) : undefined
        }
      >
        {state && <span aria-hidden="true" className="w-1.5 shrink-0" style={{ background: stateColor(state) }} />}
        <div className="min-w-0 flex-1 px-2.5 py-1.5">
          <p className="flex items-center gap-1.5">
            {node.setup && <Mark sign="↑" word={t('setup')} />}
            {node.teardown && <Mark sign="↓" word={t('teardown')} />}
            <span className="truncate font-semibold">{node.label}</span>
            {node.mapped && <span className="text-ink-3">[{total > 0 ? format.count(total) : ' '}]</span>}
          </p>
          <p className="flex items-center gap-1.5 truncate text-sm text-ink-2">
            {state ? (
              counts && total > 1 ? (
                <CountWords counts={counts} />
              ) : (
                <>
                  <StateIcon state={state} />
                  {word(state)}
                </>
              )
            ) : (
              node.operator
            )}
          </p>
        </div>
      </div>
    </>
  )
}

function Mark({ sign, word }: { sign: string; word: string }) {
  return (
    <span title={word} className="shrink-0 rounded-sm border border-line-strong px-1 text-xs text-ink-2">
      <span aria-hidden="true">{sign}</span>
      <span className="visually-hidden">{word}</span>
    </span>
  )
}

/** `2 failed, 7 success`: what needs attention first. */
function CountWords({ counts }: { counts: Counts }) {
  const format = useFormat()
  const word = useStateWord()
  const order = ['failed', 'upstream_failed', 'running', ...STATES] as State[]
  const found = [...new Set(order)].filter((state) => counts[state])
  return (
    <span className="flex min-w-0 items-center gap-2">
      {found.slice(0, 4).map((state) => (
        <span key={state} className="inline-flex items-center gap-1" title={word(state)}>
          <StateIcon state={state} />
          {format.short(counts[state] ?? 0)}
          <span className="visually-hidden">{word(state)}</span>
        </span>
      ))}
    </span>
  )
}

function GroupCard({ id, data: { node, direction } }: NodeProps<Card>) {
  const { t } = useTranslation('graph')
  const { onToggle } = useContext(LiveContext)
  const { over, frame } = useLook(id)
  return (
    <>
      <Handles direction={direction} />
      <div
        className={clsx(
          frame,
          node.collapsed
            ? 'border-line-strong shadow-[3px_3px_0_-1px_var(--surface),3px_3px_0_0_var(--line-strong)]'
            : 'border-line bg-sunken/60!',
        )}
        title={node.tooltip ?? undefined}
      >
        <div className="flex h-8 items-center gap-1.5 px-2.5">
          <span className="min-w-0 flex-1 truncate font-semibold">
            {node.label} <span className="font-normal text-ink-3">({node.tasks})</span>
          </span>
          <button
            type="button"
            aria-label={t(node.collapsed ? 'open_group' : 'shut_group', { name: node.label })}
            title={t(node.collapsed ? 'open_group' : 'shut_group', { name: node.label })}
            onClick={(event) => {
              event.stopPropagation()
              onToggle(id)
            }}
            className="nodrag -me-1.5 inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover"
          >
            {node.collapsed ? (
              <ChevronsUpDown size={14} aria-hidden="true" />
            ) : (
              <ChevronsDownUp size={14} aria-hidden="true" />
            )}
          </button>
        </div>
        {node.collapsed && over?.counts && (
          <div className="px-2.5 text-sm text-ink-2">
            <CountWords counts={over.counts} />
          </div>
        )}
      </div>
    </>
  )
}

function AssetCard({ id, data: { node, direction } }: NodeProps<Card>) {
  const { frame } = useLook(id)
  return (
    <>
      <Handles direction={direction} />
      <div
        className={clsx(frame, 'flex items-center gap-2 rounded-full! border-line-strong border-dashed px-3')}
        title={node.uri ?? undefined}
      >
        <Database size={13} aria-hidden="true" className="shrink-0 text-ink-2" />
        <span className="truncate">{node.label}</span>
      </div>
    </>
  )
}
