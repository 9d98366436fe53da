/** Ctrl/Cmd+K: finds DAGs, runs, tasks, assets and pages, and does what the page shown can do. */
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { type LinkProps, useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { asState, StateIcon, useStateWord } from '@/components/state'
import { usePageActions } from './page-actions'

type Item = { id: string; label: string; note?: string; group: string; act: () => void; icon?: ReactNode }
type Place = { to: LinkProps['to']; label: string; icon: ReactNode }

/** The page of what was found. */
export function placeOf(hit: Schemas['SearchHit']): LinkProps {
  const dagId = hit.dag_id ?? ''
  switch (hit.kind) {
    case 'dag':
      return { to: '/dags/$dagId', params: { dagId } }
    case 'run':
      return { to: '/dags/$dagId/runs/$runId', params: { dagId, runId: hit.run_id ?? '' } }
    case 'task':
      return { to: '/dags/$dagId/tasks', params: { dagId }, search: { q: hit.task_id ?? hit.name } }
    case 'asset':
      return { to: '/assets/$assetId', params: { assetId: String(hit.asset_id) } }
    case 'connection':
      return { to: '/admin/connections', search: { q: hit.name } }
    case 'variable':
      return { to: '/admin/variables', search: { q: hit.name } }
    case 'pool':
      return { to: '/admin/pools' }
  }
}

export default function Palette({ onClose, places }: { onClose: () => void; places: Place[] }) {
  const { t } = useTranslation()
  const word = useStateWord()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const asked = useDeferredValue(text.trim())
  const actions = usePageActions()
  const found = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/search', { params: { query: { q: asked } } }),
    enabled: asked.length > 0,
    placeholderData: (before) => before,
    staleTime: 10_000,
  })
  const matches = (label: string) => label.toLowerCase().includes(asked.toLowerCase())
  const items: Item[] = [
    ...actions
      .filter((action) => matches(action.label))
      .map((action) => ({ id: `do ${action.id}`, label: action.label, group: t('palette.here'), act: action.act })),
    ...(asked ? (found.data?.hits ?? []) : []).map((hit, index) => ({
      id: `found ${index}`,
      label: hit.name,
      note: hit.state ? `${word(asState(hit.state))} · ${hit.detail}` : hit.detail,
      icon: hit.state ? <StateIcon state={asState(hit.state)} /> : undefined,
      group: t(`palette.kind.${hit.kind}`),
      act: () => void navigate(placeOf(hit)),
    })),
    ...places
      .filter((place) => matches(place.label))
      .map((place) => ({
        id: `go ${place.to}`,
        label: place.label,
        group: t('palette.pages'),
        icon: place.icon,
        act: () => void navigate({ to: place.to }),
      })),
  ]
  const groups = Object.entries(Object.groupBy(items, (item) => item.group)).map(([value, members]) => ({
    value,
    items: members ?? [],
  }))
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[#0009]" />
        <Dialog.Popup className="fixed top-[10vh] left-1/2 z-50 w-[calc(100vw-1.5rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-2xl outline-none">
          <Dialog.Title className="visually-hidden">{t('palette.open')}</Dialog.Title>
          <Autocomplete.Root
            open
            inline
            items={groups}
            value={text}
            onValueChange={setText}
            itemToStringValue={(item: Item) => item.label}
            filter={null}
            autoHighlight="always"
            keepHighlight
          >
            <div className="flex items-center gap-2 border-line border-b px-4">
              <Search size={16} aria-hidden="true" className="text-ink-3" />
              <Autocomplete.Input
                placeholder={t('palette.hint')}
                aria-label={t('palette.hint')}
                className="h-12 flex-1 bg-transparent text-base outline-none"
              />
            </div>
            <Autocomplete.List className="max-h-[55vh] overflow-y-auto py-1">
              {(group: { value: string; items: Item[] }) => (
                <Autocomplete.Group key={group.value} items={group.items} className="pb-1">
                  <Autocomplete.GroupLabel className="px-4 pt-2 pb-1 text-xs font-semibold text-ink-3">
                    {group.value}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(item: Item) => (
                      <Autocomplete.Item
                        key={item.id}
                        value={item}
                        onClick={() => {
                          onClose()
                          item.act()
                        }}
                        className="flex cursor-default items-center gap-2.5 px-4 py-1.5 data-[highlighted]:bg-hover"
                      >
                        {item.icon}
                        <span className="min-w-0 truncate">{item.label}</span>
                        {item.note && (
                          <span className="min-w-0 flex-1 truncate text-end text-sm text-ink-3">{item.note}</span>
                        )}
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
            <Autocomplete.Status className="px-4 pb-3 text-sm text-ink-3 empty:hidden">
              {groups.length === 0 ? (found.isFetching ? t('loading') : t('palette.nothing', { text: asked })) : ''}
            </Autocomplete.Status>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
