/** A person's own choices: time zone, theme, language; keys and the way out. */
import { Link } from '@tanstack/react-router'
import { CircleUser } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '@/components/button'
import { complain } from '@/components/toast'
import { useFormat } from '@/format/use-format'
import { LANGUAGES, speak } from '@/i18n'
import { setPreferences, usePreferences } from './preferences'
import { useLeave, useSession } from './session'

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
  const chosen = usePreferences()
  const leave = useLeave()
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()
  const item = `${buttonClass('quiet')} w-full justify-start! text-start`
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
        className="fixed top-12 right-2 left-auto m-0 w-60 rounded-md border border-line bg-raised p-3 text-ink shadow-xl"
      >
        <ZoneChoice inMenu />
        <Radios
          label={t('theme.label')}
          value={chosen.theme}
          onChange={(theme) => setPreferences({ theme })}
          options={{ system: t('theme.system'), light: t('theme.light'), dark: t('theme.dark') }}
        />
        <Radios
          label={t('language')}
          value={chosen.language}
          onChange={(language) => {
            setPreferences({ language })
            speak(language).catch(complain)
          }}
          options={LANGUAGES}
        />
        <div className="mt-2 border-line border-t pt-2">
          <button
            type="button"
            className={item}
            onClick={() => {
              panel.current?.hidePopover()
              onShortcuts()
            }}
          >
            <span className="flex-1">{t('shortcuts.open')}</span>
            <kbd className="text-xs text-ink-3">?</kbd>
          </button>
          {!session.no_auth && (
            <>
              <Link to="/account" className={item} onClick={() => panel.current?.hidePopover()}>
                {t('person.account')}
              </Link>
              <button type="button" className={item} onClick={() => leave().catch(complain)}>
                {t('person.logout')}
              </button>
            </>
          )}
        </div>
      </div>
    </>
  )
}

type RadiosProps<Value extends string> = {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: Record<Value, string>
}

function Radios<Value extends string>({ label, value, onChange, options }: RadiosProps<Value>) {
  const name = useId()
  return (
    <fieldset className="mb-2">
      <legend className="pb-1 text-xs text-ink-3">{label}</legend>
      {(Object.entries(options) as [Value, string][]).map(([key, word]) => (
        <label key={key} className="flex min-h-7 items-center gap-2 rounded-md px-1 hover:bg-hover">
          <input
            type="radio"
            name={name}
            checked={value === key}
            onChange={() => onChange(key)}
            className="accent-brand"
          />
          {word}
        </label>
      ))}
    </fieldset>
  )
}
