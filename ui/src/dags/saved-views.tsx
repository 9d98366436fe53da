/** Views of the list that this person named: kept in the browser, each is an address. */
import { X } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '@/app/announce'
import { Button, buttonClass, IconButton } from '@/components/button'
import { TextField } from '@/components/field'
import type { DagsSearch } from '@/routes/_app/dags/index'

const KEY = 'tradewind.views.dags'
type Views = Record<string, DagsSearch>

function read(): Views {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Views
  } catch {
    return {} // no storage, or not ours
  }
}

export function SavedViews({ search, onChoose }: { search: DagsSearch; onChoose: (view: DagsSearch) => void }) {
  const { t } = useTranslation(['dags', 'common'])
  const [views, setViews] = useState(read)
  const keep = (next: Views) => {
    setViews(next)
    localStorage.setItem(KEY, JSON.stringify(next))
  }
  const names = Object.keys(views).sort()
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()
  return (
    <>
      <Button popoverTarget={id}>{t('views.title')}</Button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        className="fixed top-28 right-4 left-auto m-0 w-72 rounded-md border border-line bg-raised p-2 text-ink shadow-xl"
      >
        <ul>
          {names.map((name) => (
            <li key={name} className="flex items-center gap-1">
              <button
                type="button"
                className={`${buttonClass('quiet')} min-w-0 flex-1 justify-start! truncate`}
                onClick={() => {
                  panel.current?.hidePopover()
                  onChoose(views[name] ?? {})
                }}
              >
                {name}
              </button>
              <IconButton
                label={t('views.delete', { name })}
                onClick={() => keep(Object.fromEntries(Object.entries(views).filter(([other]) => other !== name)))}
              >
                <X size={14} aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
        <form
          className="flex items-end gap-2 p-1"
          onSubmit={(event) => {
            event.preventDefault()
            const { cursor: _, ...view } = search
            const name = String(new FormData(event.currentTarget).get('name'))
            keep({ ...views, [name]: view })
            announce(t('views.saved', { name }))
            event.currentTarget.reset()
          }}
        >
          <div className="min-w-0 flex-1">
            <TextField
              label={t('views.save')}
              placeholder={t('views.name')}
              name="name"
              required
              maxLength={60}
              className="w-full"
            />
          </div>
          <Button type="submit">{t('common:save')}</Button>
        </form>
      </div>
    </>
  )
}
