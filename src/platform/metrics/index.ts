import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What an operator watches. Labels are route patterns and codes, never ids or names. */
export type Metrics = {
  readonly registry: Registry;
  readonly requests: Histogram<'method' | 'route' | 'status'>;
  readonly submissions: Counter<'channel'>;
  readonly refusedFiles: Counter<'reason'>;
};

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: 'tandem_http_request_seconds',
      help: 'Time of a request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10],
      registers: [registry],
    }),
    submissions: new Counter({
      name: 'tandem_submissions_total',
      help: 'Submissions received',
      labelNames: ['channel'],
      registers: [registry],
    }),
    refusedFiles: new Counter({
      name: 'tandem_refused_files_total',
      help: 'Files refused before a receipt',
      labelNames: ['reason'],
      registers: [registry],
    }),
  };
}
