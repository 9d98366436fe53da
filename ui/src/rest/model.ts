/** What the server's OpenAPI says, as a page shows it: operations in groups, the fields of bodies, a request to copy. */
import { request } from '@/dags/commands'

export type Schema = {
  $ref?: string
  type?: string
  format?: string
  title?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  required?: string[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

type Content = { content?: Record<string, { schema?: Schema }> }

type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema }

export type OpenApi = {
  paths: Record<string, Record<string, Raw>>
  components?: { schemas?: Record<string, Schema> }
}

type Raw = {
  operationId: string
  tags?: string[]
  summary?: string
  description?: string
  parameters?: Parameter[]
  requestBody?: Content & { required?: boolean }
  responses?: Record<string, Content & { description?: string }>
  security?: unknown[]
}

export type Field = {
  name: string
  /** Where it is: in the path, the query, a header or the body, or `ANSWER`. */
  place: string
  type: string
  required: boolean
  /** As JSON; undefined when there is none. */
  standard?: string
  what: string
}

export type Operation = {
  id: string
  method: string
  path: string
  group: string
  what: string
  fields: Field[]
  answers: { status: string; type: string; what: string }[]
  /** The fields of the answer when all is well, where it has any. */
  returned: Field[]
  /** Whether it asks who it is. */
  login: boolean
  /** What a body has to have, with empty values; undefined without a body. */
  body: unknown
}

export const ANSWER = 'answer'

type Schemas = Record<string, Schema>

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

const RANKS = ['/api/v2/', '/auth/']

/** Every operation in the order of the document, what clients of Airflow know first. */
export function operationsOf(document: OpenApi): Operation[] {
  const schemas = document.components?.schemas ?? {}
  const rank = (path: string) => RANKS.findIndex((start) => path.startsWith(start)) + 1 || RANKS.length + 1
  const paths = Object.entries(document.paths).sort(([a], [b]) => rank(a) - rank(b))
  return paths.flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, raw]) => operation(path, method, raw, schemas)),
  )
}

function operation(path: string, method: string, raw: Raw, schemas: Schemas): Operation {
  const asked = schemaIn(raw.requestBody)
  const good = Object.entries(raw.responses ?? {}).find(([status]) => status.startsWith('2'))
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    group: raw.tags?.[0] ?? '',
    what: raw.description ?? raw.summary ?? '',
    fields: [
      ...(raw.parameters ?? []).map((parameter) => ({
        ...field(parameter.name, parameter.in, parameter.schema ?? {}, parameter.required === true, schemas),
        ...(parameter.description ? { what: parameter.description } : {}),
      })),
      ...bodyFields(asked, 'body', raw.requestBody?.required === true, schemas),
    ],
    answers: Object.entries(raw.responses ?? {}).map(([status, answer]) => ({
      status,
      type: typeOf(schemaIn(answer), schemas),
      what: answer.description ?? '',
    })),
    returned: bodyFields(schemaIn(good?.[1]), ANSWER, true, schemas).filter((one) => one.name !== ''),
    login: (raw.security ?? []).length > 0,
    body: asked === undefined ? undefined : example(asked, schemas),
  }
}

function schemaIn(content: Content | undefined): Schema | undefined {
  return Object.values(content?.content ?? {})[0]?.schema
}

function field(name: string, place: string, schema: Schema, required: boolean, schemas: Schemas): Field {
  const standard = schema.default === undefined || schema.default === null ? undefined : JSON.stringify(schema.default)
  return {
    name,
    place,
    type: typeOf(schema, schemas),
    required,
    ...(standard === undefined ? {} : { standard }),
    what: schema.description ?? resolved(schema, schemas).description ?? '',
  }
}

function bodyFields(schema: Schema | undefined, place: string, required: boolean, schemas: Schemas): Field[] {
  if (schema === undefined) return []
  const { properties, required: needed = [] } = resolved(schema, schemas)
  if (properties === undefined) return [field('', place, schema, required, schemas)]
  return Object.entries(properties).map(([name, each]) => field(name, place, each, needed.includes(name), schemas))
}

/** What a reference stands for; itself when it is none. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  const name = schema.$ref?.split('/').at(-1)
  const found = name === undefined ? undefined : schemas[name]
  return found === undefined ? schema : resolved(found, schemas)
}

/** A type in a few words: `string (date-time)`, `"any" | "all"`, `list of TaskResponse`, `integer or null`. */
export function typeOf(schema: Schema | undefined, schemas: Schemas): string {
  if (schema === undefined) return ''
  if (schema.$ref !== undefined) {
    const target = resolved(schema, schemas)
    return target.enum === undefined ? (schema.$ref.split('/').at(-1) ?? '') : typeOf(target, schemas)
  }
  const either = schema.anyOf ?? schema.oneOf ?? schema.allOf
  if (either) return [...new Set(either.map((one) => typeOf(one, schemas)))].join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.type === 'array') {
    const inner = typeOf(schema.items, schemas) || 'any'
    return `${inner.includes(' | ') ? `(${inner})` : inner}[]`
  }
  if (schema.type === undefined) return 'any'
  return schema.format === undefined ? schema.type : `${schema.type} (${schema.format})`
}

/** The least that a body has to have. */
function example(schema: Schema, schemas: Schemas, deep = 0): unknown {
  const found = resolved(schema, schemas)
  if (found.default !== undefined) return found.default
  if (found.const !== undefined) return found.const
  if (found.enum) return found.enum[0]
  const either = found.anyOf ?? found.oneOf ?? found.allOf
  if (either) return example(either.find((one) => one.type !== 'null') ?? {}, schemas, deep)
  if (found.type === 'array') return deep < 3 && found.items ? [example(found.items, schemas, deep + 1)] : []
  if (found.type === 'integer' || found.type === 'number') return 0
  if (found.type === 'boolean') return false
  if (found.type === 'string') return found.format === 'date-time' ? '2026-01-01T00:00:00Z' : ''
  const needed = found.required ?? []
  return Object.fromEntries(needed.map((name) => [name, example(found.properties?.[name] ?? {}, schemas, deep + 1)]))
}

/** The request for a terminal; what is in braces is to be put in. */
export function asCurl(origin: string, operation: Operation, login: boolean): string {
  return request(operation.method, origin + operation.path, login && operation.login, operation.body)
}

/** Those in which all words occur, in groups by their tags, in the order of the document. */
export function grouped(operations: readonly Operation[], asked: string): [string, Operation[]][] {
  const words = asked.toLowerCase().split(/\s+/)
  const found = operations.filter((one) => {
    const text = `${one.method} ${one.path} ${one.group} ${one.id} ${one.what}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return Object.entries(Object.groupBy(found, (one) => one.group)).map(([group, members]) => [group, members ?? []])
}
