/** How a person likes his logs, kept in this browser. */
import { useState } from 'react'

export type LogPreferences = { wrap: boolean; times: boolean }
const KEY = 'tradewind.log'
const START: LogPreferences = { wrap: true, times: true }

function read(): LogPreferences {
  try {
    return { ...START, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') }
  } catch {
    return START // storage is off, or holds something else
  }
}

export function useLogPreferences(): [LogPreferences, (change: Partial<LogPreferences>) => void] {
  const [chosen, setChosen] = useState(read)
  const change = (next: Partial<LogPreferences>) => {
    const after = { ...chosen, ...next }
    setChosen(after)
    try {
      localStorage.setItem(KEY, JSON.stringify(after))
    } catch {
      // storage is off: the choice lasts as long as the page
    }
  }
  return [chosen, change]
}
