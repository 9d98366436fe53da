/** What made a run, in words: `API`, `Schedule`; what is not known is shown as it is. */
import { useTranslation } from 'react-i18next'

export function useTriggeredBy(): (by: string | null) => string {
  const { t } = useTranslation('runs')
  return (by) => (by === null ? '' : t(`by.${by as 'ui'}`, { defaultValue: by }))
}
