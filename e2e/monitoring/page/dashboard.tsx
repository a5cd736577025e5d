// Shows the dashboard: Grafana's own library lays it out, runs its queries and
// draws it. What only Grafana's server brings, such as the menu, is not here.
import { DataSourceRef, EventBusSrv, LoadingState, ThemeContext } from '@grafana/data';
import * as runtime from '@grafana/runtime';
import * as scenes from '@grafana/scenes';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router-dom';
import { map } from 'rxjs';
import dashboard from 'dashboard';
import { plugins, register, theme } from './panels';
import { Prometheus } from './prometheus';

// What the libraries ask Grafana for.
function serve() {
  const source: any = new Prometheus();
  const settings: any = { uid: source.uid, name: source.name, type: source.type, meta: source.meta };
  source.getRef = (): DataSourceRef => ({ type: source.type, uid: source.uid });
  runtime.config.theme2 = theme;
  runtime.setAppEvents(new EventBusSrv());
  runtime.setDataSourceSrv({ get: async () => source, getList: () => [settings], getInstanceSettings: () => settings } as any);
  runtime.setRunRequest(((from: Prometheus, request: any) =>
    from.query(request).pipe(map((r) => ({ state: LoadingState.Done, series: r.data, timeRange: request.range, request })))) as any);
  runtime.setPluginImportUtils({
    importPanelPlugin: async (id: string) => plugins[id],
    getPanelPluginFromCache: (id: string) => plugins[id],
  } as any);
  register();
}

function variable(v: any) {
  if (v.type === 'datasource') {
    return new scenes.DataSourceVariable({ name: v.name, label: v.label, pluginId: v.query });
  }
  return new scenes.QueryVariable({
    name: v.name, label: v.label, datasource: v.datasource, query: v.query, refresh: v.refresh, sort: v.sort,
    includeAll: v.includeAll, allValue: v.allValue, isMulti: v.multi, ...v.current,
  });
}

function panel(p: any) {
  const queries = new scenes.SceneQueryRunner({ datasource: p.datasource, queries: p.targets });
  const body = new scenes.VizPanel({
    pluginId: p.type, title: p.title, description: p.description, options: p.options, fieldConfig: p.fieldConfig,
    $data: new scenes.SceneDataTransformer({ $data: queries, transformations: p.transformations ?? [] }),
  });
  return new scenes.SceneGridItem({ x: p.gridPos.x, y: p.gridPos.y, width: p.gridPos.w, height: p.gridPos.h, body });
}

// Panels belong to the row above them.
function rows() {
  const found: any[] = [];
  for (const p of dashboard.panels as any[]) {
    if (p.type === 'row') {
      found.push({ title: p.title, y: p.gridPos.y, children: [] });
    } else {
      found.at(-1).children.push(panel(p));
    }
  }
  return found.map((row) => new scenes.SceneGridRow(row));
}

serve();
const time = new URLSearchParams(location.search);
const scene = new scenes.EmbeddedScene({
  $timeRange: new scenes.SceneTimeRange({ from: time.get('from')!, to: 'now', timeZone: 'utc' }),
  $variables: new scenes.SceneVariableSet({ variables: dashboard.templating.list.map(variable) }),
  controls: [
    new scenes.VariableValueSelectors({}),
    new scenes.SceneControlsSpacer(),
    new scenes.SceneTimePicker({ isOnCanvas: true }),
    new scenes.SceneRefreshPicker({ isOnCanvas: true, refresh: dashboard.refresh }),
  ],
  body: new scenes.SceneGridLayout({ isLazy: false, children: rows() }),
});
createRoot(document.getElementById('root')!).render(
  <ThemeContext.Provider value={theme}>
    <GlobalStyles />
    <BrowserRouter><scene.Component model={scene} /></BrowserRouter>
    <PortalContainer />
  </ThemeContext.Provider>
);
