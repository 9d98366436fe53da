/** What stands on a board. */
import type { AriaRole } from 'react'

export type Card = {
  id: string
  name: string
  /** Of the whole picture. */
  x: number
  y: number
  width: number
  height: number
  /** What it stands on, where that has a name. */
  inside?: string
  /** Other cards stand on it. */
  open?: boolean
  role: AriaRole
  /** What it is called beside its role. */
  kind: string
  /** Whether the keyboard stops at it. */
  stop: boolean
  /** What is in it has a button, which is where the keyboard stops. */
  button?: boolean
}

export type Wire = {
  id: string
  source: string
  target: string
  label?: string
  hot?: boolean
  /** Pixels at full size. */
  width: number
  dash?: number[]
}
