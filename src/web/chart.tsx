import { extent } from 'd3-array';
import { scaleBand, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value as people read it. */
  readonly text: string;
}

interface ChartProps {
  readonly id: string;
  readonly title: string;
  /** What the picture shows, for who does not see it; the page has the numbers in a table. */
  readonly description: string;
}

const INK = '#17324d';
const BLUE = '#0066cc';
const RED = '#a32219';
const GRID = '#d9dadb';

/**
 * Horizontal bars, a row each with its value written out. Values below zero grow to the left in
 * another colour. Bars keep to the order given.
 */
export function BarChart(props: ChartProps & { readonly bars: readonly Bar[] }) {
  const width = 640;
  const rowHeight = 30;
  const labels = 230;
  const texts = 90;
  const height = props.bars.length * rowHeight + 8;
  const [low = 0, high = 0] = extent(props.bars, (bar) => bar.value) as [number?, number?];
  const x = scaleLinear(
    [Math.min(0, low), Math.max(0, high, low === high && high === 0 ? 1 : 0)],
    [labels, width - texts],
  );
  const y = scaleBand(
    props.bars.map((_, i) => i),
    [4, height - 4],
  ).padding(0.25);
  return (
    <Frame {...props} width={width} height={height}>
      <line x1={x(0)} x2={x(0)} y1="0" y2={height} stroke={INK} stroke-width="1" />
      {props.bars.map((bar, i) => {
        const top = y(i)!;
        const middle = top + y.bandwidth() / 2;
        return (
          <>
            <text x={labels - 8} y={middle} text-anchor="end" dominant-baseline="central">
              {bar.label}
            </text>
            <rect
              x={Math.min(x(0), x(bar.value)).toFixed(1)}
              y={top.toFixed(1)}
              width={Math.abs(x(bar.value) - x(0)).toFixed(1)}
              height={y.bandwidth().toFixed(1)}
              fill={bar.value < 0 ? RED : BLUE}
            />
            <text
              x={(Math.max(x(0), x(bar.value)) + 6).toFixed(1)}
              y={middle}
              dominant-baseline="central"
              font-weight="600"
            >
              {bar.text}
            </text>
          </>
        );
      })}
    </Frame>
  );
}

export interface ColumnGroup {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

/**
 * Columns over time, each with its value written above, and an optional level line (as the staff
 * there is, over the staff each season asks for).
 */
export function ColumnChart(
  props: ChartProps & {
    readonly columns: readonly ColumnGroup[];
    readonly level?: { readonly value: number; readonly text: string };
  },
) {
  const width = 640;
  const height = 260;
  const frame = { top: props.level ? 40 : 26, bottom: 30, left: 8, right: 8 };
  const top = Math.max(1e-9, props.level?.value ?? 0, ...props.columns.map(({ value }) => value));
  const x = scaleBand(
    props.columns.map((_, i) => i),
    [frame.left, width - frame.right],
  ).padding(0.2);
  const y = scaleLinear([0, top], [height - frame.bottom, frame.top]);
  const small = props.columns.length > 8;
  return (
    <Frame {...props} width={width} height={height}>
      {props.columns.map((column, i) => {
        const middle = x(i)! + x.bandwidth() / 2;
        return (
          <>
            <rect
              x={x(i)!.toFixed(1)}
              y={y(column.value).toFixed(1)}
              width={x.bandwidth().toFixed(1)}
              height={(y(0) - y(column.value)).toFixed(1)}
              fill={BLUE}
            />
            <text
              x={middle.toFixed(1)}
              y={(y(column.value) - 5).toFixed(1)}
              text-anchor="middle"
              font-weight="600"
              font-size={small ? 12 : 14}
            >
              {column.text}
            </text>
            <text
              x={middle.toFixed(1)}
              y={height - 10}
              text-anchor="middle"
              font-size={small ? 12 : 14}
            >
              {column.label}
            </text>
          </>
        );
      })}
      <line x1="0" x2={width} y1={y(0)} y2={y(0)} stroke={INK} stroke-width="1" />
      {props.level && (
        <>
          <line
            x1="0"
            x2={width}
            y1={y(props.level.value)}
            y2={y(props.level.value)}
            stroke={RED}
            stroke-width="2"
            stroke-dasharray="6 4"
          />
          <text x="4" y="14" fill={RED}>
            {`– – ${props.level.text}`}
          </text>
        </>
      )}
    </Frame>
  );
}

export interface Series {
  readonly name: string;
  /** One value for each step of the x axis, from 0; not finite: left out from there on. */
  readonly values: readonly number[];
}

/** Lines over equal steps, told apart by dashes as well as by colour, each named at its end. */
export function LineChart(
  props: ChartProps & {
    readonly series: readonly Series[];
    readonly ticks: readonly { readonly at: number; readonly label: string }[];
    readonly unit: string;
  },
) {
  const width = 640;
  const height = 280;
  const frame = { top: 24, bottom: 30, left: 48, right: 12 };
  const finite = props.series.flatMap(({ values }) => values.filter(Number.isFinite));
  const steps = Math.max(1, ...props.series.map(({ values }) => values.length - 1));
  const x = scaleLinear([0, steps], [frame.left, width - frame.right]);
  const y = scaleLinear([0, Math.max(1, ...finite)], [height - frame.bottom, frame.top]).nice(5);
  const path = line<number>()
    .defined(Number.isFinite)
    .x((_, i) => Math.round(x(i) * 10) / 10)
    .y((value) => Math.round(y(value) * 10) / 10);
  const looks = [
    { stroke: INK, dash: '6 4' },
    { stroke: BLUE, dash: undefined },
  ];
  return (
    <Frame {...props} width={width} height={height}>
      {y.ticks(5).map((tick) => (
        <>
          <line x1={frame.left} x2={width - frame.right} y1={y(tick)} y2={y(tick)} stroke={GRID} />
          <text x={frame.left - 6} y={y(tick)} text-anchor="end" dominant-baseline="central">
            {tick}
          </text>
        </>
      ))}
      <text x="0" y="12">
        {props.unit}
      </text>
      {props.ticks.map((tick) => (
        <text x={x(tick.at)} y={height - 8} text-anchor={tick.at >= steps ? 'end' : 'middle'}>
          {tick.label}
        </text>
      ))}
      {props.series.map((series, i) => {
        const look = looks[i % looks.length]!;
        return (
          <>
            <path
              d={path([...series.values]) ?? ''}
              fill="none"
              stroke={look.stroke}
              stroke-width="2.5"
              stroke-dasharray={look.dash}
            />
            <g transform={`translate(${frame.left + 12 + i * 260} 12)`}>
              <line
                x1="60"
                x2="96"
                y1="0"
                y2="0"
                stroke={look.stroke}
                stroke-width="2.5"
                stroke-dasharray={look.dash}
              />
              <text x="102" y="0" dominant-baseline="central">
                {series.name}
              </text>
            </g>
          </>
        );
      })}
    </Frame>
  );
}

function Frame(props: ChartProps & { width: number; height: number; children?: unknown }) {
  const { id, width, height } = props;
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      class="img-fluid h-auto w-100"
      role="img"
      aria-labelledby={`${id}-title ${id}-description`}
      font-size="14"
      fill={INK}
    >
      <title id={`${id}-title`}>{props.title}</title>
      <desc id={`${id}-description`}>{props.description}</desc>
      {props.children}
    </svg>
  );
}
