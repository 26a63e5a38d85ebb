import { z } from 'zod';
import type { ApiRoute } from './route.ts';
import { problemBody, submissionBody } from './schemas.ts';

type Schema = Record<string, unknown>;

/** JSON Schema 2020-12 as OpenAPI 3.1 takes it. `io`: what a client sends differs from what it gets (defaults). */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, reused: 'inline', unrepresentable: 'any' }) as Schema;
  return rest;
}

/** The description of the API, made from the routes and the very schemas that validate. */
export function describeApi(routes: readonly ApiRoute[], baseUrl: string): Schema {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tandem',
      version: '1',
      description: 'A channel into the Jobcenter like the others: every submission gets one signed receipt.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: `${baseUrl}/api/v1` }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: schemaOf(problemBody, 'output') },
    },
  };
}

function operation(route: ApiRoute): Schema {
  return {
    operationId: route.operation,
    summary: route.summary,
    security: [{ token: [route.access.scope] }],
    parameters: parameters(route),
    ...(route.body === 'submission' ? { requestBody: submissionRequest() } : {}),
    responses: {
      [route.answer.status]: answer(route),
      ...Object.fromEntries(route.problems.map((status) => [status, problemAnswer()])),
    },
  };
}

function parameters(route: ApiRoute): Schema[] {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const query =
    route.query === undefined ? undefined : (schemaOf(route.query, 'input') as { properties: Record<string, Schema> });
  const inQuery = Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    schema,
  }));
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'A retry with the same key and content gets the first answer',
    schema: { type: 'string', minLength: 1, maxLength: 200 },
  };
  return [...inPath, ...inQuery, ...(route.body === 'submission' ? [key] : [])];
}

const submissionRequest = (): Schema => ({
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['submission'],
        properties: {
          submission: schemaOf(submissionBody, 'input'),
          document: {
            type: 'array',
            items: { type: 'string', format: 'binary' },
            description: 'JPEG, PNG, WebP, HEIC, TIFF or PDF; 30 MB each, 60 MB a request',
          },
        },
      },
      encoding: { submission: { contentType: 'application/json' } },
    },
  },
});

function answer(route: ApiRoute): Schema {
  if ('binary' in route.answer)
    return {
      description: 'The bytes as they came in',
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    };
  return { description: 'Done', content: { 'application/json': { schema: schemaOf(route.answer.schema, 'output') } } };
}

const problemAnswer = (): Schema => ({
  description: 'Problem details',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
