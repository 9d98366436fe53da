/** What is around every page: the way to the others, search, the live dot, the person's own choices. */
import { Link, type LinkProps, useNavigate, useRouter } from '@tanstack/react-router'
import clsx from 'clsx'
import {
  Boxes,
  CalendarClock,
  Gauge,
  HandHelping,
  House,
  ListTree,
  Menu as MenuIcon,
  Search,
  Settings,
  Wind,
} from 'lucide-react'
import { lazy, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '@/components/button'
import { Later, LostBar } from '@/components/later'
import { Toasts } from '@/components/toast'
import { warm } from '@/lib/warm'
import { useLive, useLiveStatus } from '@/live/use-live'
import { Announcer } from './announce'
import { PersonMenu, ZoneChoice } from './person-menu'
import { useSession } from './session'
import { onKey, useShortcuts } from './shortcuts'

const Palette = lazy(() => import('./palette'))
const ShortcutSheet = lazy(() => import('./shortcut-sheet'))

addEventListener('keydown', onKey)
warm(async () => {
  const first = document.activeElement
  const { keepFocus } = await import('./keep-focus')
  keepFocus(first)
})

type Place = { to: LinkProps['to']; label: string; icon: ReactNode; keys: string; badge?: number; exact?: boolean }

function usePlaces(): Place[] {
  const { t } = useTranslation()
  const { counts } = useSession()
  const icon = { size: 17, 'aria-hidden': true } as const
  return [
    { to: '/', label: t('nav.home'), icon: <House {...icon} />, keys: 'g h', exact: true },
    { to: '/dags', label: t('nav.dags'), icon: <ListTree {...icon} />, keys: 'g d' },
    { to: '/runs', label: t('nav.runs'), icon: <Gauge {...icon} />, keys: 'g r' },
    { to: '/assets', label: t('nav.assets'), icon: <Boxes {...icon} />, keys: 'g a' },
    { to: '/schedule', label: t('nav.schedule'), icon: <CalendarClock {...icon} />, keys: 'g s' },
    {
      to: '/actions',
      label: t('nav.actions'),
      icon: <HandHelping {...icon} />,
      keys: 'g q',
      badge: counts.required_actions,
    },
    { to: '/admin', label: t('nav.admin'), icon: <Settings {...icon} />, keys: 'g x' },
  ]
}

/**
 * Another page came: who does not see it hears its name.  Where the link that led to it is gone, the focus goes to the
 * page, so that the next key goes on from there and not from the top.
 */
function useArrival(): string {
  const router = useRouter()
  const [name, setName] = useState('')
  useEffect(() => {
    const title = document.querySelector('title')
    if (title === null) return
    let moved = false
    const land = () => {
      if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true })
    }
    const stop = router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
      moved ||= fromLocation !== undefined && pathChanged
    })
    const watch = new MutationObserver(() => {
      setName(document.title)
      if (moved) requestAnimationFrame(land)
      moved = false
    })
    watch.observe(title, { childList: true, characterData: true, subtree: true })
    return () => {
      stop()
      watch.disconnect()
    }
  }, [router])
  return name
}

export function Shell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const places = usePlaces()
  const [palette, setPalette] = useState(false)
  const [sheet, setSheet] = useState(false)
  const drawer = useRef<HTMLElement>(null)
  const arrived = useArrival()
  useLive()
  useShortcuts([
    { keys: 'mod+k', label: t('palette.open'), act: () => setPalette(true), everywhere: true },
    { keys: '?', label: t('shortcuts.open'), act: () => setSheet(true) },
    { keys: '/', label: t('shortcuts.find'), act: findHere },
    ...places.map((place) => ({
      keys: place.keys,
      label: t('shortcuts.go', { place: place.label }),
      act: () => void navigate({ to: place.to }),
    })),
  ])
  return (
    <div className="grid min-h-screen grid-cols-[minmax(0,1fr)] grid-rows-[auto_1fr] lg:grid-cols-[14rem_minmax(0,1fr)]">
      <p aria-live="polite" className="visually-hidden">
        {arrived}
      </p>
      <Announcer />
      <a
        href="#main"
        className="visually-hidden focus:[position:fixed]! focus:[clip-path:none]! focus:z-50 focus:size-auto! focus:bg-raised focus:p-2"
      >
        {t('skip')}
      </a>
      <header className="sticky top-0 z-30 col-span-full flex h-12 items-center gap-2 border-line border-b bg-surface px-2 sm:px-4">
        <IconButton label={t('nav.open')} className="lg:hidden" popoverTarget="drawer">
          <MenuIcon size={18} aria-hidden="true" />
        </IconButton>
        <Link to="/" aria-label="Tradewind" className="flex items-center gap-2 font-bold text-ink hover:no-underline">
          <Wind size={20} aria-hidden="true" className="text-brand" />
          <span className="max-sm:hidden">Tradewind</span>
        </Link>
        <div className="flex min-w-0 flex-1 justify-center">
          <button
            type="button"
            onClick={() => setPalette(true)}
            className="field flex w-full max-w-md items-center gap-2 text-ink-3 hover:bg-hover"
          >
            <Search size={15} aria-hidden="true" />
            <span className="min-w-0 flex-1 truncate text-start">{t('palette.hint')}</span>
            <kbd className="text-xs max-sm:hidden">{t('palette.keys')}</kbd>
          </button>
        </div>
        <LiveDot />
        <ZoneChoice />
        <PersonMenu onShortcuts={() => setSheet(true)} />
      </header>
      <nav
        aria-label={t('nav.label')}
        className="sticky top-12 hidden h-[calc(100vh-3rem)] border-line border-e bg-surface p-2 lg:block"
      >
        <Places places={places} />
      </nav>
      <main id="main" tabIndex={-1} className="relative min-w-0 overflow-x-clip outline-none">
        {children}
      </main>
      <nav
        ref={drawer}
        id="drawer"
        popover="auto"
        aria-label={t('nav.label')}
        className="fixed inset-y-0 left-0 m-0 h-full w-60 border-line border-e bg-surface p-3 text-ink shadow-2xl backdrop:bg-[#0009] lg:hidden"
      >
        <Places places={places} onGo={() => drawer.current?.hidePopover()} />
      </nav>
      <Later>
        {palette && <Palette onClose={() => setPalette(false)} places={places} />}
        {sheet && <ShortcutSheet onClose={() => setSheet(false)} />}
      </Later>
      <Toasts />
      <LostBar />
    </div>
  )
}

function Places({ places, onGo }: { places: Place[]; onGo?: () => void }) {
  return (
    <ul className="space-y-0.5">
      {places.map((place) => (
        <li key={place.to}>
          <Link
            to={place.to}
            onClick={onGo}
            activeOptions={{ exact: place.exact ?? false }}
            className="flex h-9 items-center gap-2 rounded-md px-2.5 text-ink-2 hover:bg-hover hover:text-ink hover:no-underline"
            activeProps={{ className: 'bg-brand-soft text-ink! font-semibold', 'aria-current': 'page' }}
          >
            {place.icon}
            <span className="min-w-0 flex-1 truncate" title={place.label}>
              {place.label}
            </span>
            {place.badge ? (
              <span className="rounded-full bg-brand px-1.5 text-xs font-semibold text-brand-ink">{place.badge}</span>
            ) : null}
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** The first field that finds something in what the page shows; where there is none, the palette's button. */
function findHere(): void {
  const fields = document.querySelectorAll<HTMLElement>('main input[type="search"], header button.field')
  const [first] = [...fields].sort((one) => (one.closest('main') ? -1 : 1))
  first?.focus()
}

function LiveDot() {
  const { t } = useTranslation()
  const status = useLiveStatus()
  return (
    <span role="status" title={t(`live.${status}_hint`)} className="flex items-center gap-1.5 px-1 text-sm text-ink-2">
      <span
        aria-hidden="true"
        className={clsx('size-2 rounded-full', {
          'bg-state-success': status === 'live',
          'animate-pulse bg-state-tolerated': status === 'connecting',
          'border border-line-strong': status === 'paused' || status === 'off',
        })}
      />
      {/* where there is little room, it is said only when something is not as usual */}
      <span className={clsx((status === 'live' || status === 'off') && 'max-md:sr-only')}>{t(`live.${status}`)}</span>
    </span>
  )
}
