// The data source: Prometheus' HTTP API of the page's own server, as frames.
import { DataFrame, DataQueryRequest, DataQueryResponse, FieldType, LoadingState, toDataFrame } from '@grafana/data';
import { RuntimeDataSource, sceneGraph } from '@grafana/scenes';
import { from } from 'rxjs';

// Seconds between two scrapes, which Grafana has from the data source's settings.
const scrape = 5;

export class Prometheus extends RuntimeDataSource {
  constructor() {
    super('prometheus', 'prometheus');
    this.name = 'Prometheus';
  }

  query(request: DataQueryRequest<any>) {
    return from(this.all(request));
  }

  async all(request: DataQueryRequest<any>): Promise<DataQueryResponse> {
    const frames = await Promise.all(request.targets.map((target) => (target.instant ? instant(target, request) : range(target, request))));
    return { data: frames.flat(), state: LoadingState.Done, key: request.requestId };
  }

  async metricFindQuery(query: any) {
    const [, series, label] = /^label_values\((.+), (\w+)\)$/.exec(query.query)!;
    const names: string[] = await ask(`label/${label}/values`, { 'match[]': series });
    return names.map((text) => ({ text }));
  }

  async testDatasource(): Promise<any> {
    return {};
  }
}

async function ask(path: string, query: Record<string, string>) {
  const response = await fetch(`/api/v1/${path}?${new URLSearchParams(query)}`);
  if (!response.ok) {
    throw new Error(await response.text());
  }
  return (await response.json()).data;
}

// Seconds between two points, and Grafana's rule for $__rate_interval.
function expression(target: any, request: DataQueryRequest<any>) {
  const step = Math.max(scrape, Math.ceil(request.intervalMs / 1000));
  const [start, end] = [request.range.from.unix(), request.range.to.unix()];
  const variables = {
    ...request.scopedVars,
    __rate_interval: { value: `${Math.max(step + scrape, 4 * scrape)}s` },
    __range: { value: `${end - start}s` },
  };
  const scene = request.scopedVars.__sceneObject!.value.valueOf();
  const query = sceneGraph.interpolate(scene, target.expr, variables, (v: any) => (Array.isArray(v) ? v.join('|') : v));
  return { query, step, start: Math.floor(start / step) * step, end };
}

async function instant(target: any, request: DataQueryRequest<any>): Promise<DataFrame[]> {
  const { query, end } = expression(target, request);
  const { result } = await ask('query', { query, time: String(end) });
  const labels = [...new Set<string>(result.flatMap((r: any) => Object.keys(r.metric)))];
  return [
    toDataFrame({
      refId: target.refId,
      fields: [
        { name: 'Time', type: FieldType.time, values: result.map((r: any) => r.value[0] * 1000) },
        ...labels.map((name) => ({ name, type: FieldType.string, values: result.map((r: any) => r.metric[name] ?? '') })),
        { name: 'Value', type: FieldType.number, values: result.map((r: any) => Number(r.value[1])) },
      ],
    }),
  ];
}

async function range(target: any, request: DataQueryRequest<any>): Promise<DataFrame[]> {
  const { query, step, start, end } = expression(target, request);
  const { result } = await ask('query_range', { query, start: String(start), end: String(end), step: String(step) });
  const times = Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, i) => start + i * step);
  return result.map(({ metric, values }: any) => {
    const known = new Map<number, number>(values.map(([time, text]: any) => [time, Number(text)]));
    const legend = target.legendFormat?.replace(/{{(\w+)}}/g, (_: string, label: string) => metric[label] ?? '');
    return toDataFrame({
      refId: target.refId,
      fields: [
        { name: 'Time', type: FieldType.time, values: times.map((time) => time * 1000) },
        {
          name: 'Value',
          type: FieldType.number,
          labels: metric,
          config: legend ? { displayNameFromDS: legend } : {},
          values: times.map((time) => (Number.isFinite(known.get(time)) ? known.get(time) : null)),
        },
      ],
    });
  });
}
