// The panels that the dashboard uses: Grafana's components, which Grafana's own
// panels draw with, and the defaults of these panels.
import * as data from '@grafana/data';
import { BigValue, BigValueJustifyMode, BigValueTextMode, TimeSeries, VizRepeater } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';

export const theme = data.createTheme({ colors: { mode: 'dark' } });

const processors: Record<string, any> = {
  thresholds: data.thresholdsOverrideProcessor,
  mappings: data.valueMappingsOverrideProcessor,
  unit: data.unitOverrideProcessor,
  displayName: data.displayNameOverrideProcessor,
  min: data.numberOverrideProcessor,
  max: data.numberOverrideProcessor,
  decimals: data.numberOverrideProcessor,
};

const defaults: Record<string, any> = {
  mappings: [],
  thresholds: { mode: 'absolute', steps: [{ value: -Infinity, color: 'green' }, { value: 80, color: 'red' }] },
};

// Only the editor's page would ask for the editors.
const nothing = () => null;

function option(path: string, defaultValue: any): any {
  return {
    id: path, path, name: path, defaultValue, settings: {},
    editor: nothing, override: nothing, shouldApply: () => true,
    process: processors[path] ?? data.identityOverrideProcessor,
  };
}

// Grafana's server has these two lists; the libraries ask for them.
export function register() {
  const paths = ['unit', 'min', 'max', 'decimals', 'displayName', 'color', 'noValue', 'links', 'mappings', 'thresholds'];
  data.standardFieldConfigEditorRegistry.setInit(() => paths.map((path) => option(path, defaults[path])));
  const organize: any = data.standardTransformers.organizeFieldsTransformer;
  data.standardTransformersRegistry.setInit(() => [{ id: organize.id, name: organize.name, editor: nothing, transformation: organize } as any]);
}

const seriesDefaults = {
  drawStyle: 'line', lineInterpolation: 'linear', lineWidth: 1, fillOpacity: 0, gradientMode: 'none', barAlignment: 0,
  showPoints: 'auto', pointSize: 5, spanNulls: false, stacking: { mode: 'none', group: 'A' },
  axisPlacement: 'auto', axisLabel: '', axisColorMode: 'text', axisBorderShow: false, axisCenteredZero: false,
  scaleDistribution: { type: 'linear' }, thresholdsStyle: { mode: 'off' }, hideFrom: { legend: false, tooltip: false, viz: false },
};

function custom(options: Record<string, any>) {
  return (builder: any) => Object.entries(options).forEach(([path, value]) => builder.addCustomEditor(option(path, value)));
}

function TimeSeriesPanel({ data: result, width, height, options, timeRange, timeZone }: any) {
  return (
    <TimeSeries
      frames={result.series} structureRev={result.structureRev} timeRange={timeRange} timeZone={timeZone}
      width={width} height={height} legend={{ showLegend: true, ...options.legend }} options={options}
    />
  );
}

function StatPanel({ data: result, width, height, options, fieldConfig, timeZone }: any) {
  const values = () =>
    data.getFieldDisplayValues({
      fieldConfig, theme, timeZone, data: result.series, replaceVariables: (text) => text,
      reduceOptions: options.reduceOptions, sparkline: options.graphMode !== 'none',
    });
  return (
    <VizRepeater
      source={result} getValues={values} width={width} height={height} orientation={data.VizOrientation.Auto} renderCounter={1}
      renderValue={({ value, width, height }: any) => (
        <BigValue
          value={value.display} sparkline={value.sparkline} count={1} width={width} height={height} theme={theme}
          colorMode={options.colorMode} graphMode={options.graphMode} disableWideLayout={options.wideLayout === false}
          textMode={BigValueTextMode.Auto} justifyMode={BigValueJustifyMode.Auto}
        />
      )}
    />
  );
}

function TablePanel({ data: result, width, height, options, fieldConfig }: any) {
  data.cacheFieldDisplayNames(result.series);
  return (
    <TableNG
      data={result.series[0]} structureRev={result.structureRev} fieldConfig={fieldConfig} width={width} height={height}
      initialSortBy={options.sortBy} columnMinWidth={150}
    />
  );
}

function panel(id: string, component: any, colour: string, options: Record<string, any>) {
  const plugin = new data.PanelPlugin(component).useFieldConfig({
    standardOptions: { color: { defaultValue: { mode: colour } } } as any,
    useCustomConfig: custom(options),
  });
  plugin.meta = { id, name: id, type: data.PluginType.panel, info: { version: '' } } as any;
  return plugin;
}

export const plugins: Record<string, data.PanelPlugin> = {
  timeseries: panel('timeseries', TimeSeriesPanel, 'palette-classic', seriesDefaults),
  stat: panel('stat', StatPanel, 'thresholds', {}),
  table: panel('table', TablePanel, 'thresholds', { align: 'auto', width: undefined, cellOptions: { type: 'auto' } }),
};
