/** Why a task or a run failed: an error of the user's code as it is, what the engine says of it in the person's words. */
import { isRaised, problem } from '@/runs/raised'
import { useRecorded } from './sentence'

export function Raised({
  type,
  message,
  className,
}: {
  type?: string | null
  message: string | null | undefined
  className?: string
}) {
  const recorded = useRecorded()
  const text = problem(type, message, recorded)
  if (text === '') return null
  return isRaised(type) ? <code className={className}>{text}</code> : <span className={className}>{text}</span>
}
