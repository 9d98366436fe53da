/** The drawing of the lineage: loaded when it is looked at.  Layout is made by the worker of graphs. */
import clsx from 'clsx'
import { Database, ListTree } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Board } from '@/board/board'
import type { Card, Wire } from '@/board/types'
import type { Theme } from '@/canvas/theme'
import { Problem } from '@/components/failure'
import { Skeleton } from '@/components/skeleton'
import { useFormat } from '@/format/use-format'
import { useLayout } from '@/graph/use-layout'
import type { Point, Shape } from './shape'

type Looks = { chosen: boolean; root: boolean }
type Of<Kind extends Point['kind']> = Looks & { point: Extract<Point, { kind: Kind }> }
type Props = {
  shape: Shape
  root: string | null
  chosen: string | undefined
  onChoose: (id: string | undefined) => void
}

const WIDTH = 190
const HEIGHT = 46

export default function Flow({ shape, root, chosen, onChoose }: Props) {
  const { t } = useTranslation('assets')
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
          { id: point.id, name: point.name, ...box, role: 'button', kind: t(`lineage.word.${point.kind}`), stop: true },
        ]
      }),
    [shape, laid, t],
  )
  const wires = useMemo<Wire[]>(
    () =>
      shape.wires.map((wire) => ({
        id: wire.id,
        source: wire.source,
        target: wire.target,
        label: wire.at === null ? undefined : format.dateTime(wire.at),
        width: wire.role === 'schedule' ? 2 : 1.2,
        dash: wire.role === 'inlet' ? [5, 4] : undefined,
      })),
    [shape, format],
  )
  const render = useCallback(
    (id: string) => {
      const point = shape.points.get(id)
      const look = { chosen: id === chosen, root: id === root }
      if (point?.kind === 'asset') return <AssetCard point={point} {...look} />
      return point?.kind === 'dag' ? <DagCard point={point} {...look} /> : null
    },
    [shape, chosen, root],
  )
  if (error) return <Problem error={error} />
  if (laid === null) return <Skeleton className="m-4 h-64" />
  return (
    <Board
      cards={cards}
      wires={wires}
      render={render}
      tone={tone}
      across
      label={t('lineage.title')}
      mapLabel={t('lineage.minimap')}
      fitKey={laid.key}
      start={chosen ?? root ?? undefined}
      onChoose={onChoose}
    />
  )
}

const tone = (_id: string, theme: Theme) => theme.color['line-strong']

function look({ chosen, root }: Looks): string {
  return clsx(
    'flex h-full items-center gap-2 overflow-hidden border bg-surface px-3',
    root ? 'border-brand bg-brand-soft!' : 'border-line-strong',
    chosen && 'outline-3 outline-brand',
  )
}

function AssetCard({ point, ...looks }: Of<'asset'>) {
  const { t } = useTranslation('assets')
  const format = useFormat()
  return (
    <div className={clsx(look(looks), 'rounded-full border-dashed')} title={point.asset.uri}>
      <Database size={14} aria-hidden="true" className="shrink-0 text-ink-2" />
      <span className="min-w-0">
        <span className="block truncate font-semibold">{point.name}</span>
        <span className="block truncate text-xs text-ink-2">
          {point.asset.last_at === null ? t('fresh.never') : format.relative(point.asset.last_at)}
        </span>
      </span>
    </div>
  )
}

function DagCard({ point, ...looks }: Of<'dag'>) {
  const { t } = useTranslation('assets')
  return (
    <div className={clsx(look(looks), 'rounded-md')} title={point.dag.dag_id}>
      <ListTree size={14} aria-hidden="true" className="shrink-0 text-ink-2" />
      <span className="min-w-0">
        <span className="block truncate font-semibold">{point.name}</span>
        <span className="block truncate text-xs text-ink-2">{point.dag.paused ? t('paused') : 'DAG'}</span>
      </span>
    </div>
  )
}
