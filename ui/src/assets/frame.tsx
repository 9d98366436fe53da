/** What the pages of all assets share: tabs, and the buttons to the next page of a list by cursor. */
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/button'
import { TabLinks } from '@/components/page'

export function AssetTabs() {
  const { t } = useTranslation('assets')
  return (
    <TabLinks
      label={t('tab.label')}
      tabs={[
        { label: t('tab.list'), link: { to: '/assets' }, exact: true },
        { label: t('tab.events'), link: { to: '/assets/events' } },
        { label: t('tab.lineage'), link: { to: '/assets/lineage' } },
      ]}
    />
  )
}

type Cursors = { next_cursor: string | null; previous_cursor: string | null }

export function CursorPager({ page, onGo }: { page: Cursors; onGo: (cursor: string) => void }) {
  const { t } = useTranslation()
  if (!page.next_cursor && !page.previous_cursor) return null
  return (
    <nav aria-label={t('pager.label')} className="mt-2 flex justify-end gap-2">
      <Button small disabled={!page.previous_cursor} onClick={() => onGo(page.previous_cursor ?? '')}>
        {t('pager.before')}
      </Button>
      <Button small disabled={!page.next_cursor} onClick={() => onGo(page.next_cursor ?? '')}>
        {t('pager.next')}
      </Button>
    </nav>
  )
}
