/** One thing is sent at a time, and what the server did not take is said.  Used by the windows that do something. */
import { useState } from 'react'

/** `onDone` is called when it was done, which is usually where the window closes; else it stays and `problem` is set. */
export function useSending(onDone: () => void) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const send = async (act: () => Promise<unknown>) => {
    setBusy(true)
    setProblem(null)
    try {
      await act()
      onDone()
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return { busy, problem, send }
}
