/**
 * Ctrl/Cmd+K: finds DAGs, runs, tasks, assets and pages; does what the page shown can do, and what can be done with a DAG
 * that was found.
 */
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { type LinkProps, useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { type ReactNode, useDeferredValue, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { $api, type Schemas } from '@/api/client'
import { asState, StateIcon, useStateWord } from '@/components/state'
import { complain } from '@/components/toast'
import { TriggerDialog } from '@/dags/trigger'
import { LANGUAGES, speak } from '@/i18n'
import { usePageActions } from './page-actions'
import { means, nameIn } from './palette-text'
import { setPreferences } from './preferences'
import { useSession } from './session'

type Item = { id: string; label: string; note?: string; group: string; act: () => void; icon?: ReactNode }
type Place = { to: LinkProps['to']; label: string; icon: ReactNode }

function closing(act: () => void, close: () => void): () => void {
  return () => {
    close()
    act()
  }
}

/** What a person may choose for himself, and the rarer pages. */
function useSettings(): { id: string; label: string; act: () => void }[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { may } = useSession()
  const pages = [
    ['connections', '/admin/connections', may.operate],
    ['variables', '/admin/variables', may.operate],
    ['pools', '/admin/pools', true],
    ['users', '/admin/users', may.admin],
    ['tokens', '/admin/tokens', true],
    ['audit', '/admin/audit', may.admin],
    ['health', '/admin/health', true],
    ['lineage', '/assets/lineage', true],
    ['backfill', '/schedule/backfill', may.run],
    ['docs', '/docs', true],
  ] as const
  return [
    ...pages
      .filter(([, , allowed]) => allowed)
      .map(([name, to]) => ({ id: `page ${to}`, label: t(`palette.page.${name}`), act: () => void navigate({ to }) })),
    ...(['light', 'dark', 'system'] as const).map((theme) => ({
      id: `theme ${theme}`,
      label: `${t('theme.label')}: ${t(`theme.${theme}`)}`,
      act: () => setPreferences({ theme }),
    })),
    ...(['local', 'UTC'] as const).map((zone) => ({
      id: `zone ${zone}`,
      label: `${t('zone.label')}: ${zone === 'local' ? t('zone.local') : zone}`,
      act: () => setPreferences({ zone }),
    })),
    ...(Object.entries(LANGUAGES) as [keyof typeof LANGUAGES, string][]).map(([language, name]) => ({
      id: `language ${language}`,
      label: `${t('language')}: ${name}`,
      act: () => {
        setPreferences({ language })
        speak(language).catch(complain)
      },
    })),
  ]
}

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

/** Does what the person asked for before it was found. */
function Eagerly({ act }: { act: () => void }) {
  useEffect(act)
  return null
}

/** DAGs that were found whose actions are offered as well. */
const ACTED = 3

export default function Palette({ onClose, places }: { onClose: () => void; places: Place[] }) {
  const { t } = useTranslation(['common', 'dag'])
  const word = useStateWord()
  const navigate = useNavigate()
  const { may, look_only } = useSession()
  const settings = useSettings()
  const [text, setText] = useState('')
  const [triggering, setTriggering] = useState<{ dagId: string; name: string } | null>(null)
  const [eager, setEager] = useState(false)
  const asked = useDeferredValue(text.trim())
  const verbs = [t('dag:trigger.do'), t('palette.backfill_do')]
  const name = nameIn(asked, verbs)
  const actions = usePageActions()
  const found = useQuery({
    ...$api.queryOptions('get', '/api/tradewind/search', { params: { query: { q: name } } }),
    enabled: name.length > 0,
    placeholderData: (before) => before,
    staleTime: 10_000,
  })
  // what is listed until then is for what was typed before
  const settled = asked === text.trim() && !found.isPlaceholderData && !found.isLoading
  if (triggering) return <TriggerDialog {...triggering} onClose={onClose} />
  const matches = (item: { label: string }) => means(asked, item.label)
  const here: Item[] = actions.filter(matches).map((action) => ({
    id: `do ${action.id}`,
    label: action.label,
    group: t(action.id.startsWith('tab ') ? 'palette.tabs' : 'palette.here'),
    act: closing(action.act, onClose),
  }))
  const hits = asked ? (found.data?.hits ?? []) : []
  const ofDags: Item[] = hits
    .filter((hit) => hit.kind === 'dag' && may.run && !look_only.includes(hit.dag_id ?? ''))
    .slice(0, ACTED)
    .flatMap((hit): Item[] => {
      const dagId = hit.dag_id ?? ''
      return [
        {
          id: `trigger ${dagId}`,
          label: t('dag:trigger.label', { name: hit.name }),
          group: t('palette.actions'),
          act: () => setTriggering({ dagId, name: hit.name }),
        },
        {
          id: `backfill ${dagId}`,
          label: t('palette.backfill', { name: hit.name }),
          group: t('palette.actions'),
          act: closing(() => void navigate({ to: '/schedule/backfill', search: { dag_id: dagId } }), onClose),
        },
      ]
    })
    // the page offers some of them itself
    .filter((item) => matches(item) && !here.some((one) => one.label === item.label))
  const items: Item[] = [
    ...here.filter((item) => item.group === t('palette.here')),
    // a name alone is looked for first, a verb is meant as one
    ...(name === asked ? [] : ofDags),
    ...hits.map((hit, index) => ({
      id: `found ${index}`,
      label: hit.name,
      note: hit.state ? `${word(asState(hit.state))} · ${hit.detail}` : hit.detail === hit.name ? '' : hit.detail,
      icon: hit.state ? <StateIcon state={asState(hit.state)} /> : undefined,
      group: t(`palette.kind.${hit.kind}`),
      act: closing(() => void navigate(placeOf(hit)), onClose),
    })),
    ...(name === asked ? ofDags : []),
    ...here.filter((item) => item.group !== t('palette.here')),
    ...places.filter(matches).map((place) => ({
      id: `go ${place.to}`,
      label: place.label,
      group: t('palette.pages'),
      icon: place.icon,
      act: closing(() => void navigate({ to: place.to }), onClose),
    })),
    ...(asked ? settings.filter(matches) : []).map((setting) => ({
      ...setting,
      group: t('palette.settings'),
      act: closing(setting.act, onClose),
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
            onValueChange={(next) => {
              setText(next)
              setEager(false)
            }}
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
                onKeyDown={(event) => {
                  if (event.key !== 'Enter' || settled) return
                  event.preventDefault()
                  event.preventBaseUIHandler()
                  setEager(true)
                }}
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
                        onClick={item.act}
                        className="flex cursor-default items-center gap-2.5 px-4 py-1.5 pickable"
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
            {eager && settled && items[0] && <Eagerly act={items[0].act} />}
            <Autocomplete.Status className="px-4 pb-3 text-sm text-ink-3 empty:hidden">
              {groups.length === 0 ? (found.isFetching ? t('loading') : t('palette.nothing', { text: asked })) : ''}
            </Autocomplete.Status>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
