import 'i18next'
import type access from './en/access.json'
import type account from './en/account.json'
import type actions from './en/actions.json'
import type admin from './en/admin.json'
import type assets from './en/assets.json'
import type audit from './en/audit.json'
import type backfill from './en/backfill.json'
import type common from './en/common.json'
import type dag from './en/dag.json'
import type dagpages from './en/dagpages.json'
import type dags from './en/dags.json'
import type drawing from './en/drawing.json'
import type graph from './en/graph.json'
import type grid from './en/grid.json'
import type home from './en/home.json'
import type loading from './en/loading.json'
import type login from './en/login.json'
import type recorded from './en/recorded.json'
import type rest from './en/rest.json'
import type rhythm from './en/rhythm.json'
import type run from './en/run.json'
import type runs from './en/runs.json'
import type said from './en/said.json'
import type schedule from './en/schedule.json'
import type task from './en/task.json'
import type timeline from './en/timeline.json'
import type touch from './en/touch.json'
import type waits from './en/waits.json'
import type wrong from './en/wrong.json'

// Every namespace is named here: a key that does not exist is an error of the compiler.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      access: typeof access
      account: typeof account
      actions: typeof actions
      admin: typeof admin
      assets: typeof assets
      audit: typeof audit
      backfill: typeof backfill
      common: typeof common
      dag: typeof dag
      dags: typeof dags
      drawing: typeof drawing
      graph: typeof graph
      grid: typeof grid
      home: typeof home
      dagpages: typeof dagpages
      recorded: typeof recorded
      rest: typeof rest
      runs: typeof runs
      loading: typeof loading
      login: typeof login
      rhythm: typeof rhythm
      run: typeof run
      timeline: typeof timeline
      task: typeof task
      said: typeof said
      schedule: typeof schedule
      touch: typeof touch
      waits: typeof waits
      wrong: typeof wrong
    }
  }
}
