/** What people may answer: the words of the DAG's author, but those of an ApprovalOperator are ours. */
import { useTranslation } from 'react-i18next'

const APPROVAL = ['Approve', 'Reject'] as const

/** The word for an option, in the person's language where it is ours.  What is sent is the option itself. */
export function useOptionWord(options: readonly string[]): (option: string) => string {
  const { t } = useTranslation('actions')
  const ours = options.length === APPROVAL.length && APPROVAL.every((option) => options.includes(option))
  return (option) => (ours ? t(`option.${option as (typeof APPROVAL)[number]}`, option) : option)
}
