/** What an operator keeps: connections, variables, pools, people, and how the services are. */
import { createFileRoute, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '@/app/session'
import { Page, TabLinks } from '@/components/page'

export const Route = createFileRoute('/_app/admin')({ component: Admin })

function Admin() {
  const { t } = useTranslation('admin')
  const { may } = useSession()
  return (
    <Page
      title={t('title')}
      tabs={
        <TabLinks
          label={t('title')}
          tabs={[
            ...(may.operate ? [{ label: t('tab.connections'), link: { to: '/admin/connections' as const } }] : []),
            ...(may.operate ? [{ label: t('tab.variables'), link: { to: '/admin/variables' as const } }] : []),
            { label: t('tab.pools'), link: { to: '/admin/pools' } },
            ...(may.admin ? [{ label: t('tab.users'), link: { to: '/admin/users' as const } }] : []),
            { label: t('tab.tokens'), link: { to: '/admin/tokens' } },
            ...(may.admin ? [{ label: t('tab.audit'), link: { to: '/admin/audit' as const } }] : []),
            { label: t('tab.health'), link: { to: '/admin/health' } },
            { label: t('tab.providers'), link: { to: '/admin/providers' } },
            { label: t('tab.plugins'), link: { to: '/admin/plugins' } },
            ...(may.operate ? [{ label: t('tab.config'), link: { to: '/admin/config' as const } }] : []),
          ]}
        />
      }
    >
      <Outlet />
    </Page>
  )
}
