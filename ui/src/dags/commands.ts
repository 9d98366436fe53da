/** The same trigger for a terminal, a shell script and a Python program. */

export type TriggerBody = {
  logical_date: string | null
  conf?: Record<string, unknown>
  dag_run_id?: string
  note?: string
}

/** A word for a POSIX shell. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** A request to this server; `login`: it asks who one is, and a token is taken from the environment. */
export function request(method: string, url: string, login: boolean, body?: unknown): string {
  const headers = [
    ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`]),
    ...(login ? [`-H "Authorization: Bearer $TRADEWIND_TOKEN"`] : []),
  ]
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quoted(url)}`,
    ...(headers.length > 0 ? [`  ${headers.join(' ')}`] : []),
    ...(body === undefined ? [] : [`  -d ${quoted(JSON.stringify(body))}`]),
  ].join(' \\\n')
}

export function asCurl(origin: string, dagId: string, body: TriggerBody, login: boolean): string {
  return request('POST', `${origin}/api/v2/dags/${encodeURIComponent(dagId)}/dagRuns`, login, body)
}

export function asCli(dagId: string, body: TriggerBody): string {
  const words = ['tradewind', 'dags', 'trigger', quoted(dagId)]
  if (body.conf && Object.keys(body.conf).length > 0) words.push('--conf', quoted(JSON.stringify(body.conf)))
  if (body.logical_date) words.push('--logical-date', quoted(body.logical_date))
  else words.push('--no-logical-date') // the command takes the present time else
  if (body.dag_run_id) words.push('--run-id', quoted(body.dag_run_id))
  if (body.note) words.push('--note', quoted(body.note))
  return words.join(' ')
}

export function asPython(origin: string, dagId: string, body: TriggerBody, login: boolean): string {
  const token = login ? `, "Authorization": f"Bearer {os.environ['TRADEWIND_TOKEN']}"` : ''
  return `import json${login ? ', os' : ''}, urllib.request

request = urllib.request.Request(
    ${JSON.stringify(`${origin}/api/v2/dags/${encodeURIComponent(dagId)}/dagRuns`)},
    json.dumps(${python(body)}).encode(),
    {"Content-Type": "application/json"${token}},
)
print(json.load(urllib.request.urlopen(request))["dag_run_id"])`
}

/** A JSON value as a Python literal. */
export function python(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`
  if (typeof value === 'object') {
    const parts = Object.entries(value).filter(([, item]) => item !== undefined)
    return `{${parts.map(([key, item]) => `${JSON.stringify(key)}: ${python(item)}`).join(', ')}}`
  }
  return JSON.stringify(value)
}
