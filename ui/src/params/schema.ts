/** Params of DAGs and of questions: from their JSON schema to fields, and from what was typed back to JSON. */
import { atClock, wallClock } from '@/lib/days'

export type Param = { value: unknown; schema: Record<string, unknown>; description: string | null }
export type Kind =
  | 'text'
  | 'lines'
  | 'number'
  | 'integer'
  | 'switch'
  | 'choice'
  | 'choices'
  | 'items'
  | 'json'
  | 'date'
  | 'date-time'
  | 'time'
export type Field = {
  name: string
  kind: Kind
  title: string
  hint: string | null
  section: string | null
  required: boolean
  options: { value: unknown; word: string }[]
  value: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
  /** The hint is Markdown. */
  markdown?: string
  /** Cannot be changed. */
  fixed?: boolean
}

function isParam(given: unknown): given is Param {
  return typeof given === 'object' && given !== null && 'schema' in given && 'value' in given
}

/** The fields of a form, in the order of the params. */
export function fieldsOf(params: Record<string, unknown>): Field[] {
  return Object.entries(params).map(([name, given]) => {
    const param: Param = isParam(given) ? given : { value: given, schema: {}, description: null }
    const schema = param.schema ?? {}
    const types = [schema.type ?? guessed(param.value)].flat() as string[]
    const kind = kindOf(schema, types)
    const words = (schema.values_display ?? {}) as Record<string, string>
    const values = (schema.enum ??
      (schema.items as { enum?: unknown[] } | undefined)?.enum ??
      schema.examples ??
      []) as unknown[]
    const word = (value: unknown) => words[String(value)] ?? (value === null ? '–' : String(value))
    return {
      name,
      kind,
      title: typeof schema.title === 'string' ? schema.title : name,
      hint: param.description ?? (typeof schema.description === 'string' ? schema.description : null),
      section: typeof schema.section === 'string' ? schema.section : null,
      required: !types.includes('null') && kind !== 'switch',
      options: values.map((value) => ({ value, word: word(value) })),
      value: param.value,
      ...limits(schema),
      ...(typeof schema.description_md === 'string' ? { markdown: schema.description_md } : {}),
      ...('const' in schema ? { fixed: true } : {}),
    }
  })
}

function guessed(value: unknown): string | string[] {
  if (value === null || value === undefined) return ['string', 'null']
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'boolean' ? 'boolean' : typeof value === 'object' ? 'object' : 'string'
}

function kindOf(schema: Record<string, unknown>, types: string[]): Kind {
  if (Array.isArray(schema.enum)) return 'choice'
  const type = types.find((one) => one !== 'null')
  if (type === 'boolean') return 'switch'
  if (type === 'integer' || type === 'number') return type
  if (type === 'array') {
    const items = schema.items as { type?: unknown; enum?: unknown } | undefined
    if (Array.isArray(items?.enum) || Array.isArray(schema.examples)) return 'choices'
    return items === undefined || items.type === 'string' ? 'items' : 'json'
  }
  if (type !== 'string') return 'json'
  if (schema.format === 'multiline') return 'lines'
  return schema.format === 'date' || schema.format === 'date-time' || schema.format === 'time' ? schema.format : 'text'
}

function limits(schema: Record<string, unknown>) {
  const names = ['minimum', 'maximum', 'minLength', 'maxLength', 'pattern'] as const
  return Object.fromEntries(names.filter((name) => schema[name] !== undefined).map((name) => [name, schema[name]]))
}

const ZONED = /(Z|[+-]\d\d:?\d\d)$/

/** A moment as the clocks of the zone show it; what has no zone stays as it is. */
function shownAt(text: string, zone: string): string {
  const at = ZONED.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? text : wallClock(at, zone)
}

/** A value as the text of its field; times as the clocks of `zone` show them. */
export function asText(field: Field, value: unknown, zone = 'UTC'): string {
  if (value === null || value === undefined) return ''
  if (field.kind === 'json') return JSON.stringify(value, null, 2)
  if (field.kind === 'items') return (Array.isArray(value) ? value : [value]).map(String).join('\n')
  if (field.kind === 'date-time') return shownAt(String(value), zone)
  return String(value)
}

/** What a person wrote cannot be taken as a value. */
export class NotAValue extends Error {}

/** The value of what was typed.  Throws NotAValue with the name of what is wrong, a key below `params.wrong`. */
export function fromText(field: Field, text: string, zone = 'UTC'): unknown {
  if (text.trim() === '' && field.kind !== 'text' && field.kind !== 'lines') {
    if (field.kind === 'items') return []
    if (field.required) throw new NotAValue('required')
    return null
  }
  if (text === '' && !field.required) return null
  switch (field.kind) {
    case 'integer':
    case 'number': {
      const value = Number(text)
      if (!Number.isFinite(value) || (field.kind === 'integer' && !Number.isInteger(value)))
        throw new NotAValue('number')
      if (field.minimum !== undefined && value < field.minimum) throw new NotAValue('minimum')
      if (field.maximum !== undefined && value > field.maximum) throw new NotAValue('maximum')
      return value
    }
    case 'json':
      try {
        return JSON.parse(text)
      } catch {
        throw new NotAValue('json')
      }
    case 'items':
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
    case 'date-time':
      return ZONED.test(text) ? text : new Date(atClock(text, zone)).toISOString().replace('.000Z', 'Z')
    default:
      if (field.minLength !== undefined && text.length < field.minLength) throw new NotAValue('minLength')
      if (field.maxLength !== undefined && text.length > field.maxLength) throw new NotAValue('maxLength')
      if (field.pattern !== undefined && !fits(field.pattern, text)) throw new NotAValue('pattern')
      return text
  }
}

/** Whether a text has the wanted form.  What this browser cannot read as a pattern is left to the server. */
function fits(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    return true
  }
}

/** Whether a value must still be given: the param has no default. */
export function isLacking(field: Field, value: unknown): boolean {
  return field.required && (value === null || value === undefined) && !field.options.some((one) => one.value === null)
}

export function startValues(fields: Field[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, field.value ?? null]))
}
