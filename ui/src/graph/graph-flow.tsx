/** The drawing of a graph: loaded with the pages that show one. */
import clsx from 'clsx'
import { ChevronsDownUp, ChevronsUpDown, Database } from 'lucide-react'
import { createContext, memo, useCallback, useContext, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Board, useStop } from '@/board/board'
import type { Card, Wire } from '@/board/types'
import type { Theme } from '@/canvas/theme'
import { STATES, type State, StateIcon, stateColor, useStateWord } from '@/components/state'
import { useFormat } from '@/format/use-format'
import type { Direction, LayoutAnswer } from './layout'
import type { Counts, ShownEdge, ShownNode } from './model'

export type Overlay = { state: State | null; counts: Counts | null }

type Props = {
  nodes: readonly ShownNode[]
  edges: readonly ShownEdge[]
  boxes: LayoutAnswer
  direction: Direction
  overlay: ReadonlyMap<string, Overlay>
  /** Cards on the critical path, and the wires along which it goes. */
  critical: ReadonlySet<string>
  hotWires: ReadonlySet<string>
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

export function GraphFlow(props: Props) {
  const {
    nodes,
    edges,
    boxes,
    direction,
    overlay,
    critical,
    hotWires,
    found,
    chosen,
    onChoose,
    onToggle,
    spot,
    fitKey,
  } = props
  const { t } = useTranslation('graph')
  const byId = useMemo(() => new Map(nodes.map((node) => [node.id, node])), [nodes])
  const cards = useMemo(() => cardsOf(nodes, boxes, (kind) => t(`kind.${kind}`)), [nodes, boxes, t])
  const wires = useMemo<Wire[]>(
    () =>
      edges.map(({ id, source, target, label, kind, count }) => {
        const hot = hotWires.has(id)
        return {
          id,
          source,
          target,
          label: label ?? undefined,
          hot,
          width: hot ? 2.5 : Math.min(3, 1 + Math.log2(count) / 2),
          dash: kind === 'asset' ? [2, 4] : kind === 'setup' ? [6, 4] : undefined,
        }
      }),
    [edges, hotWires],
  )
  const live = useMemo(
    () => ({ overlay, critical, found, chosen, onToggle }),
    [overlay, critical, found, chosen, onToggle],
  )
  const render = useCallback(
    (id: string) => {
      const node = byId.get(id)
      return node && <CardOf node={node} />
    },
    [byId],
  )
  const tone = useCallback(
    (id: string, theme: Theme) => {
      const node = byId.get(id)
      if (node?.kind === 'group' && !node.collapsed) return theme.color.line
      return theme.state[overlay.get(id)?.state ?? 'none']
    },
    [byId, overlay],
  )
  return (
    <LiveContext value={live}>
      <Board
        cards={cards}
        wires={wires}
        render={render}
        tone={tone}
        across={direction === 'LR'}
        label={t('label')}
        mapLabel={t('minimap')}
        fitKey={fitKey}
        start={chosen ?? spot}
        reveal={found}
        onChoose={(id) => {
          const kind = id === undefined ? undefined : byId.get(id)?.kind
          if (kind === 'task' || kind === undefined) onChoose(id)
        }}
        onDouble={(id) => byId.get(id)?.kind === 'group' && onToggle(id)}
      />
    </LiveContext>
  )
}

/** Where the nodes stand in the whole picture; a group comes before what is in it. */
function cardsOf(nodes: readonly ShownNode[], boxes: LayoutAnswer, kind: (of: ShownNode['kind']) => string): Card[] {
  const found = new Map<string, Card>()
  for (const node of nodes) {
    const box = boxes[node.id]
    if (box === undefined) continue
    const parent = node.parent === null ? undefined : found.get(node.parent)
    found.set(node.id, {
      id: node.id,
      name: node.label,
      x: box.x + (parent?.x ?? 0),
      y: box.y + (parent?.y ?? 0),
      width: box.width,
      height: box.height,
      open: node.kind === 'group' && !node.collapsed,
      role: node.kind === 'task' ? 'button' : 'group',
      kind: kind(node.kind),
      ...(parent === undefined ? {} : { inside: parent.name }),
      stop: true,
      button: node.kind === 'group',
    })
  }
  return [...found.values()]
}

const CardOf = memo(function CardOf({ node }: { node: ShownNode }) {
  if (node.kind === 'task') return <TaskCard node={node} />
  return node.kind === 'group' ? <GroupCard node={node} /> : <AssetCard node={node} />
})

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

function TaskCard({ node }: { node: ShownNode }) {
  const { t } = useTranslation('graph')
  const word = useStateWord()
  const format = useFormat()
  const { over, frame } = useLook(node.id)
  const state = over?.state
  const counts = over?.counts
  const total = counts ? Object.values(counts).reduce((sum, count) => sum + count, 0) : 0
  return (
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

function GroupCard({ node }: { node: ShownNode }) {
  const { t } = useTranslation('graph')
  const { onToggle } = useContext(LiveContext)
  const stop = useStop(node.id)
  const { over, frame } = useLook(node.id)
  return (
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
          tabIndex={stop ? 0 : -1}
          aria-expanded={!node.collapsed}
          aria-label={t(node.collapsed ? 'open_group' : 'shut_group', { name: node.label })}
          title={t(node.collapsed ? 'open_group' : 'shut_group', { name: node.label })}
          onClick={(event) => {
            event.stopPropagation()
            onToggle(node.id)
          }}
          className="-me-1.5 inline-flex size-8 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover"
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
  )
}

function AssetCard({ node }: { node: ShownNode }) {
  const { frame } = useLook(node.id)
  return (
    <div
      className={clsx(frame, 'flex items-center gap-2 rounded-full! border-line-strong border-dashed px-3')}
      title={node.uri ?? undefined}
    >
      <Database size={13} aria-hidden="true" className="shrink-0 text-ink-2" />
      <span className="truncate">{node.label}</span>
    </div>
  )
}
