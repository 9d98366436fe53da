import { expect, it } from 'vitest'
import { taskSearch } from './search'

it('has one address for the log, with or without its name', () => {
  expect(taskSearch({ tab: 'log', try: 2 })).toEqual({ try: 2 })
  expect(taskSearch({ tab: 'xcom' })).toEqual({ tab: 'xcom' })
  expect(taskSearch({ tab: 'nothing' })).toEqual({})
})
