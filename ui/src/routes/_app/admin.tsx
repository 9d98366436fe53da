/** What an operator keeps: connections, variables, pools, people, and how the services are. */
import { createFileRoute, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Page, TabLinks } from '@/components/page'

export const Route = createFileRoute('/_app/admin')({ component: Admin })

function Admin() {
  const { t } = useTranslation('admin')
  return (
    <Page
      title={t('title')}
      tabs={
        <TabLinks
          label={t('title')}
          tabs={[
            { label: t('tab.connections'), link: { to: '/admin/connections' } },
            { label: t('tab.variables'), link: { to: '/admin/variables' } },
            { label: t('tab.pools'), link: { to: '/admin/pools' } },
            { label: t('tab.users'), link: { to: '/admin/users' } },
            { label: t('tab.tokens'), link: { to: '/admin/tokens' } },
            { label: t('tab.audit'), link: { to: '/admin/audit' } },
            { label: t('tab.health'), link: { to: '/admin/health' } },
            { label: t('tab.providers'), link: { to: '/admin/providers' } },
            { label: t('tab.plugins'), link: { to: '/admin/plugins' } },
            { label: t('tab.config'), link: { to: '/admin/config' } },
          ]}
        />
      }
    >
      <Outlet />
    </Page>
  )
}
