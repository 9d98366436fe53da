/** What the person's menu holds: loaded when somebody begins to use the page. */
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonClass } from '@/components/button'
import { complain } from '@/components/toast'
import { LANGUAGES, speak } from '@/i18n'
import { ZoneChoice } from './person-menu'
import { setPreferences, usePreferences } from './preferences'
import { useLeave, useSession } from './session'

type Props = { onShortcuts: () => void; onClose: () => void }

export default function PersonPanel({ onShortcuts, onClose }: Props) {
  const { t } = useTranslation()
  const session = useSession()
  const chosen = usePreferences()
  const leave = useLeave()
  const item = `${buttonClass('quiet')} w-full justify-start! px-1! text-start`
  return (
    <>
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
            onClose()
            onShortcuts()
          }}
        >
          <span className="flex-1">{t('shortcuts.open')}</span>
          <kbd className="text-xs text-ink-3">?</kbd>
        </button>
        {!session.no_auth && (
          <>
            <Link to="/account" className={item} onClick={onClose}>
              {t('person.account')}
            </Link>
            <button type="button" className={item} onClick={() => leave().catch(complain)}>
              {t('person.logout')}
            </button>
          </>
        )}
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
