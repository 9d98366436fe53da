/** A person's own choices: time zone, theme, language; keys and the way out. */
import { CircleUser } from 'lucide-react'
import { lazy, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Later } from '@/components/later'
import { useFormat } from '@/format/use-format'
import { warm } from '@/lib/warm'
import { setPreferences, usePreferences } from './preferences'
import { useSession } from './session'

const Panel = lazy(() => import('./person-panel'))

/** The chosen one, or all: hundreds, which no page needs before somebody is about to choose. */
function zones(chosen: string, all: boolean): string[] {
  const known = all ? Intl.supportedValuesOf('timeZone') : [chosen]
  return ['UTC', ...known.filter((zone) => zone !== 'UTC' && zone !== 'local')]
}

/** In the head of the page, and on a phone in the person's menu. */
export function ZoneChoice({ inMenu }: { inMenu?: boolean }) {
  const { t } = useTranslation()
  const { zone } = usePreferences()
  const format = useFormat()
  const [all, setAll] = useState(false)
  return (
    <label className={inMenu ? 'mb-2 block md:hidden' : 'max-md:hidden'}>
      <span className={inMenu ? 'block pb-1 text-xs text-ink-3' : 'visually-hidden'}>{t('zone.label')}</span>
      <select
        value={zone}
        onPointerDown={() => setAll(true)}
        onFocus={() => setAll(true)}
        onChange={(event) => setPreferences({ zone: event.target.value })}
        title={t('zone.hint', { time: format.exactTime(Date.now()) })}
        className={inMenu ? 'field w-full' : 'field max-w-36 text-sm'}
      >
        <option value="local">{t('zone.local')}</option>
        {zones(zone, all).map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  )
}

/** A panel of the browser's own: Escape and a click elsewhere close it. */
export function PersonMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useTranslation()
  const session = useSession()
  const [asked, setAsked] = useState(false)
  useEffect(() => warm(() => setAsked(true)), [])
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={t('person.menu', { name: session.username })}
        className="flex h-8 items-center gap-1.5 rounded-md px-1.5 text-ink-2 hover:bg-hover"
      >
        <CircleUser size={18} aria-hidden="true" />
        <span className="max-w-32 truncate max-md:hidden">{session.username}</span>
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        onBeforeToggle={() => setAsked(true)}
        className="fixed top-12 right-2 left-auto m-0 w-60 rounded-md border border-line bg-raised p-3 text-ink shadow-xl"
      >
        {asked && (
          <Later>
            <Panel onShortcuts={onShortcuts} onClose={() => panel.current?.hidePopover()} />
          </Later>
        )}
      </div>
    </>
  )
}
