/** What the pages of all assets share: their tabs. */
import { useTranslation } from 'react-i18next'
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
