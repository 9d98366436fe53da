/** What `?` shows: the keys of this page. */
import { useTranslation } from 'react-i18next'
import { Dialog } from '@/components/dialog'
import { Check } from '@/components/field'
import { setPreferences, usePreferences } from './preferences'
import { useShownShortcuts } from './shortcuts'

export function keyNames(keys: string): string[] {
  const mac = navigator.platform.startsWith('Mac')
  return keys.split(' ').map((key) =>
    key
      // together with others a letter is called as it is printed on its key
      .replace(/\+[a-z]$/, (letter) => letter.toUpperCase())
      .replace('mod+', mac ? '⌘ ' : 'Ctrl+')
      .replace('shift+', '⇧ ')
      .replace('alt+', 'Alt+'),
  )
}

export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const { keys } = usePreferences()
  const shortcuts = [
    ...useShownShortcuts(),
    { keys: 'mod+Enter', label: t('shortcuts.window') },
    { keys: 'Esc', label: t('shortcuts.escape') },
  ]
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('shortcuts.title')}>
      <div className="mb-3">
        <Check
          label={t('shortcuts.single')}
          hint={t('shortcuts.single_hint')}
          checked={keys === 'on'}
          onChange={(event) => setPreferences({ keys: event.target.checked ? 'on' : 'off' })}
        />
      </div>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5">
        {shortcuts.map((one) => (
          <div key={one.keys} className="contents">
            <dt>{one.label}</dt>
            <dd className="flex flex-wrap justify-end gap-1">
              {keyNames(one.keys).map((key) => (
                <kbd key={key} className="self-start rounded-sm border border-line bg-sunken px-1.5 text-xs">
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
