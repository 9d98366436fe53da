/** Views of the list that this person named: kept in the browser, each is an address. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/button'
import { TextField } from '@/components/field'
import { FormDialog } from '@/components/form-dialog'
import { Menu, MenuItem, MenuLine } from '@/components/menu'
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
  const { t } = useTranslation('dags')
  const [views, setViews] = useState(read)
  const [naming, setNaming] = useState(false)
  const keep = (next: Views) => {
    setViews(next)
    localStorage.setItem(KEY, JSON.stringify(next))
  }
  const names = Object.keys(views).sort()
  return (
    <>
      <Menu trigger={<Button>{t('views.title')}</Button>}>
        {names.map((name) => (
          <MenuItem key={name} onClick={() => onChoose(views[name] ?? {})}>
            {name}
          </MenuItem>
        ))}
        {names.length > 0 && <MenuLine />}
        <MenuItem onClick={() => setNaming(true)}>{t('views.save')}</MenuItem>
        {names.map((name) => (
          <MenuItem
            key={`delete ${name}`}
            danger
            onClick={() => keep(Object.fromEntries(Object.entries(views).filter(([other]) => other !== name)))}
          >
            {t('views.delete', { name })}
          </MenuItem>
        ))}
      </Menu>
      {naming && (
        <FormDialog
          title={t('views.save')}
          onClose={() => setNaming(false)}
          send={async (form) => {
            const { cursor: _, ...view } = search
            keep({ ...views, [String(form.get('name'))]: view })
          }}
        >
          <TextField label={t('views.name')} name="name" required maxLength={60} autoFocus />
        </FormDialog>
      )}
    </>
  )
}
