/** The grid with what goes around it: filters, groups, legend.  Loads older runs as they are scrolled to, follows changes. */
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '@/api/client'
import { useCounted } from '@/app/announce'
import { Button } from '@/components/button'
import { Empty } from '@/components/empty'
import { Choice } from '@/components/field'
import { SearchBox } from '@/components/search-box'
import { asState, useStateWord } from '@/components/state'
import { complain } from '@/components/toast'
import { dagTopic, type LiveEvent } from '@/live/topics'
import { AT_MOST_EVERY, useChanges } from '@/live/use-live'
import { type Chosen, GridView } from './grid-view'
import { Legend } from './legend'
import { GridModel } from './model'
import { type GridFilter, gridQuery, RUN_STATES, RUN_TYPES } from './query'
import { buildRows } from './rows'

const MORE = 100

type Props = {
  dagId: string
  /** The run at the right; without it the newest. */
  newest?: string
  filter: GridFilter
  onFilter: (change: Partial<GridFilter>) => void
  chosen: Chosen
  onChoose: (chosen: Chosen) => void
  onOpen: (chosen: Chosen) => void
  /** Called with the model when it is there: who selects a task wants to know whether it is mapped. */
  children?: (model: GridModel) => React.ReactNode
}

export function GridBoard({ dagId, newest, filter, onFilter, chosen, onChoose, onOpen, children }: Props) {
  const { t } = useTranslation(['grid', 'run', 'common'])
  const word = useStateWord()
  const model = useGrid(dagId, useDeferredValue(filter), newest)
  const revision = useSyncExternalStore(model.grid.watch, () => model.grid.revision)
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const { grid } = model
  const rows = useMemo(() => {
    void revision
    return buildRows(grid.tasks, grid.groups, collapsed, filter.q)
  }, [grid, revision, collapsed, filter.q])
  useCounted(filter.q, rows.length)
  const toggle = (group: string) =>
    setCollapsed((before) => {
      const next = new Set(before)
      if (!next.delete(group)) next.add(group)
      return next
    })
  const any = ['', t('any')] as const
  const filtered = filter.state !== undefined || filter.type !== undefined
  return (
    <div className="flex gap-4">
      <div className="min-w-0 flex-1">
        <search className="filters" aria-label={t('filters')}>
          <SearchBox label={t('find')} value={filter.q ?? ''} onChange={(q) => onFilter({ q: q || undefined })} />
          {newest === undefined && (
            <>
              <Choice
                label={t('run_state')}
                value={filter.state ?? ''}
                onChange={(event) => onFilter({ state: (event.target.value || undefined) as GridFilter['state'] })}
                options={[any, ...RUN_STATES.map((state) => [state, word(asState(state))] as const)]}
              />
              <Choice
                label={t('run_type')}
                value={filter.type ?? ''}
                onChange={(event) => onFilter({ type: (event.target.value || undefined) as GridFilter['type'] })}
                options={[any, ...RUN_TYPES.map((type) => [type, t(`run:type.${type}`)] as const)]}
              />
            </>
          )}
          {grid.groups.length > 0 && (
            <>
              <Button onClick={() => setCollapsed(new Set(grid.groups.map((group) => group.id)))}>
                {t('collapse')}
              </Button>
              <Button disabled={collapsed.size === 0} onClick={() => setCollapsed(new Set())}>
                {t('expand')}
              </Button>
            </>
          )}
        </search>
        {grid.runs.length === 0 ? (
          <div className="card">
            <Empty title={filtered ? t('none_fit') : t('never')}>
              {filtered ? t('none_fit_what') : t('never_what')}
            </Empty>
          </div>
        ) : rows.length === 0 ? (
          <div className="card">
            <Empty title={t('no_task')} />
          </div>
        ) : (
          <GridView
            model={grid}
            rows={rows}
            label={t('label')}
            chosen={chosen}
            onChoose={onChoose}
            onOpen={onOpen}
            onToggle={toggle}
            onOlder={model.older}
            className="relative max-h-[max(20rem,calc(100vh-19rem))]"
          />
        )}
        <div className="mt-3">
          <Legend />
        </div>
      </div>
      {children?.(grid)}
    </div>
  )
}

/** The model, kept up to date while it is shown. */
function useGrid(dagId: string, filter: GridFilter, newest?: string) {
  const client = useQueryClient()
  const query = gridQuery(dagId, filter, newest)
  const { data } = useSuspenseQuery(query)
  const key = JSON.stringify(query.queryKey)
  const kept = useRef<{ key: string; grid: GridModel; page: unknown } | null>(null)
  if (kept.current?.key !== key) kept.current = { key, grid: new GridModel(data), page: data }
  const { grid } = kept.current
  useEffect(() => {
    if (kept.current && kept.current.page !== data) {
      kept.current.page = data
      kept.current.grid.take(data)
    }
  }, [data])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const filtered = filter.state !== undefined || filter.type !== undefined
  const act = useCallback(
    (event: LiveEvent | 'reset') => {
      if (newest !== undefined && event !== 'reset' && event.kind === 'run' && event.new) return
      if (grid.apply(event, filtered) !== 'refetch' || timer.current !== undefined) return
      timer.current = setTimeout(() => {
        timer.current = undefined
        void client.invalidateQueries({ queryKey: JSON.parse(key) })
      }, AT_MOST_EVERY)
    },
    [grid, filtered, newest, client, key],
  )
  useChanges([dagTopic(dagId)], act)
  useEffect(
    () => () => void client.invalidateQueries({ queryKey: JSON.parse(key), refetchType: 'none' }),
    [client, key],
  )
  const loading = useRef<string | null>(null)
  const older = useCallback(async () => {
    const mark = grid.next
    if (mark === null || loading.current === mark) return
    loading.current = mark
    try {
      const { data: page } = await api.GET('/api/tradewind/dags/{dag_id}/grid', {
        params: {
          path: { dag_id: dagId },
          query: {
            limit: MORE,
            before: mark,
            run_type: filter.type ? [filter.type] : undefined,
            state: filter.state ? [filter.state] : undefined,
          },
        },
      })
      if (page) grid.addOlder(page)
    } catch (error) {
      complain(error)
    } finally {
      loading.current = null
    }
  }, [grid, dagId, filter.type, filter.state])
  return { grid, older: () => void older() }
}
