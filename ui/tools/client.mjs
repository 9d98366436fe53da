// Writes the types of the API's client: node tools/client.mjs <openapi.json> <schema.d.ts>.  Called by `make client`.
import fs from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const [, , from, to] = process.argv
const document = JSON.parse(fs.readFileSync(from, 'utf8'))
const head = '// Generated from the OpenAPI description of the server by `make client`.  Do not edit.\n'
fs.writeFileSync(to, head + astToString(await openapiTS(document, { alphabetize: true, defaultNonNullable: false })))
